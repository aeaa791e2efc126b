#include "documents/quotations.h"

#include <algorithm>
#include <array>
#include <string>

#include "documents/code_points.h"

namespace loccit {
namespace {

// Which mark opened a quotation decides what may close it.
bool closes(char32_t opener, char32_t mark) {
  switch (opener) {
    case U'“':
      return mark == U'”' || mark == U'"';
    case U'„':
    case U'‟':
      return mark == U'“' || mark == U'”' || mark == U'‟' || mark == U'"';
    case U'”':
      return mark == U'”';  // Swedish, Finnish
    case U'«':
      return mark == U'»';
    case U'»':
      return mark == U'«' || mark == U'»';  // German books; Finnish
    case U'‹':
      return mark == U'›';
    case U'›':
      return mark == U'‹';
    case U'‘':
      return mark == U'’' || mark == U'\'';
    case U'‚':
      return mark == U'‘' || mark == U'’';
    case U'"':
      return mark == U'"' || mark == U'”';
    case U'\'':
      return mark == U'\'' || mark == U'’';
    case U'「':
      return mark == U'」';
    case U'『':
      return mark == U'』';
    case U'〝':
      return mark == U'〞' || mark == U'〟';
    case U'＂':
      return mark == U'＂';
    default:
      return false;
  }
}

bool always_opens(char32_t mark) {
  return mark == U'„' || mark == U'‟' || mark == U'‚' || mark == U'「' || mark == U'『' ||
         mark == U'〝';
}

bool opens_where_a_word_begins(char32_t mark) {
  static constexpr std::u32string_view marks = U"“”«»‹›‘\"'＂";
  return marks.find(mark) != std::u32string_view::npos;
}

bool is_mark(char32_t c) {
  if (c < 0xAB) return c == U'"' || c == U'\'';  // nearly every sign of a text
  static constexpr std::u32string_view marks = U"“”„‟«»‹›‘’‚\"'「」『』〝〞〟＂";
  return marks.find(c) != std::u32string_view::npos;
}

// Scripts without blanks between words, and their wide punctuation.
bool is_east_asian(char32_t c) {
  return (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7AF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE4F) ||
         (c >= 0xFF00 && c <= 0xFFEF) || c >= 0x20000;
}

bool begins_a_word(char32_t before) {
  static constexpr std::u32string_view openers = U"([{—–-/…¿¡:،؛";
  return before == 0 || is_blank(before) || openers.find(before) != std::u32string_view::npos ||
         is_mark(before) || is_east_asian(before);
}

struct Mark {
  char32_t sign = 0;
  std::size_t begin = 0, end = 0;
  bool may_open = false, may_close = false;
  bool doubtful =
      false;  // a closing single mark that may be the apostrophe of a plural: "the States’ duty"
};

char32_t after_blank(std::string_view text, std::size_t at) {
  next_code_point(text, at);
  return code_point_at(text, at);
}

Mark read_mark(std::string_view text, std::size_t begin, std::size_t end, char32_t sign) {
  Mark mark{sign, begin, end};
  const char32_t before = code_point_before(text, begin);
  const char32_t after = code_point_at(text, end);
  // French parts its marks from the words by a blank; there the mark's own shape decides.
  const bool guillemet = sign == U'«' || sign == U'»' || sign == U'‹' || sign == U'›';
  // “ ‘silting’ is a word”: a thin blank parts two marks.
  const bool mark_after_blank = is_blank(after) && is_mark(after_blank(text, end));
  const bool blank_after = after == 0 || (is_blank(after) && !mark_after_blank);
  mark.may_open = always_opens(sign) || (opens_where_a_word_begins(sign) && begins_a_word(before) &&
                                         (!blank_after || (guillemet && after != 0)));
  const bool single = sign == U'’' || sign == U'\'';
  if (single || sign == U'‘') {
    mark.may_close = !is_letter(after) && !is_digit(after) && before != 0 && !is_blank(before);
    mark.doubtful = single && before == U's' && blank_after &&
                    is_lower(code_point_at(text, std::min(text.size(), end + 1)));
  } else {
    const bool straight = sign == U'"' || sign == U'＂';
    mark.may_close =
        before != 0 && (guillemet || !straight || (!is_blank(before) && !is_letter(after)));
  }
  return mark;
}

std::vector<Mark> read_marks(std::string_view text) {
  std::vector<Mark> marks;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(text, at);
    if (!is_mark(c)) continue;
    const Mark mark = read_mark(text, begin, at, c);
    if (mark.may_open || mark.may_close) marks.push_back(mark);
  }
  return marks;
}

// Whether a surer closing single mark comes before the next opening one; `next_single[i]` is the
// next single mark after i.
bool has_surer_closer(const std::vector<Mark>& marks, const std::vector<std::size_t>& next_single,
                      std::size_t i) {
  for (std::size_t steps = 0, j = next_single[i]; j < marks.size() && steps < 8;
       j = next_single[j], ++steps) {
    if (marks[j].sign == U'‘') return false;
    if (marks[j].may_close && !marks[j].doubtful) return true;
  }
  return false;
}

// Deeper nesting than this is no prose.
constexpr std::size_t max_open = 16;

// What has a verb or a pronoun in small letters is a sentence, also where all nouns have capitals.
bool is_word_of_sentences(std::string_view word) {
  static constexpr auto words = std::to_array<std::string_view>(
      {"is",  "are", "was", "were", "be",   "has", "had", "do",  "not", "no",  "we",
       "he",  "she", "it",  "you",  "they", "ist", "war", "hat", "er",  "es",  "sie",
       "wir", "ich", "man", "wer",  "sei",  "daß", "wie", "so",  "nur", "sind"});
  return std::ranges::find(words, word) != words.end();
}

bool has_word_of_sentences(std::string_view words) {
  return std::ranges::any_of(letter_runs(words, 60), is_word_of_sentences);
}

std::string_view without_article(std::string_view words) {
  for (const std::string_view article : {"the ", "a ", "der ", "die ", "das ", "le ", "la ", "les ",
                                         "el ", "il ", "o ", "de ", "het "}) {
    if (words.starts_with(article)) return words.substr(article.size());
  }
  return words;
}

bool is_title_case(std::string_view words) {
  if (!starts_with_upper(without_article(words))) return false;
  std::size_t long_words = 0, capitalised = 0;
  for (const std::string_view word : letter_runs(words, 60)) {
    if (is_word_of_sentences(word)) return false;
    if (word.size() < 4) continue;
    ++long_words;
    if (is_upper(code_point_at(word, 0))) ++capitalised;
  }
  return long_words >= 1 && capitalised * 10 >= long_words * 7;
}

template <std::size_t N>
bool ends_with_any(std::string_view lower, const std::array<std::string_view, N>& words) {
  return std::ranges::any_of(words, [&](std::string_view word) {
    return lower.ends_with(word) &&
           !is_letter(code_point_before(lower, lower.size() - word.size()));
  });
}

// What somebody calls a thing: a name, or what he thinks of it.
constexpr auto calls_things =
    std::to_array<std::string_view>({"called", "named", "termed", "dubbed", "labelled", "labeled"});

// What stands right before a title or a term and never before somebody's words.
constexpr auto names_things = std::to_array<std::string_view>(
    {"entitled",  "titled",         "so-called",     "so called",   "known as",   "the term",
     "the terms", "the word",       "the words",     "the phrase",  "the button", "the option",
     "the field", "the menu",       "the header",    "article",     "chapter",    "section",
     "essay",     "paper",          "film",          "novel",       "song",       "column",
     "the title", "the concept of", "the notion of", "intitulé",    "intitulée",  "dit",
     "dite",      "le terme",       "les termes",    "l'article",   "l’article",  "sous le titre",
     "titel",     "sogenannte",     "sogenannten",   "sogenannter", "aufsatz",    "begriff",
     "begriffe",  "titulado",       "titulada",      "llamado",     "llamada"});

// "https://a.example/b", "lib/word.js", "a.b.c": where words are parted by blanks, one without any
// is a name.
bool is_one_token(std::string_view words) {
  return words.find(' ') == std::string_view::npos &&
         std::ranges::none_of(words, [](unsigned char c) { return c >= 0xE0; });
}

bool is_sentence_end(char32_t c) {
  return c == U'.' || c == U'!' || c == U'?' || c == U'…' || c == U'。' || c == U'！' || c == U'？';
}

// CJK writes without blanks: two signs count as a word there.
std::size_t count_words(std::string_view words) {
  std::size_t count = 0;
  for (const std::string_view run : letter_runs(words, 400)) {
    const char32_t first = code_point_at(run, 0);
    count += first >= 0x2E80 ? std::max<std::size_t>(1, run.size() / 6) : 1;
  }
  return count;
}

}  // namespace

std::vector<Quotation> find_quotations(std::string_view paragraph) {
  const std::vector<Mark> marks = read_marks(paragraph);
  std::vector<std::size_t> next_single(marks.size(), marks.size());
  for (std::size_t i = marks.size(), next = marks.size(); i-- > 0;) {
    next_single[i] = next;
    if (marks[i].sign == U'‘' || marks[i].sign == U'’' || marks[i].sign == U'\'') next = i;
  }
  std::vector<Quotation> closed;
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const Mark& mark = marks[i];
    if (mark.may_close && !(mark.doubtful && has_surer_closer(marks, next_single, i))) {
      const auto opener = std::find_if(open.rbegin(), open.rend(), [&](std::size_t o) {
        return closes(marks[o].sign, mark.sign) && marks[o].end < mark.begin;
      });
      if (opener != open.rend()) {
        closed.push_back({marks[*opener].end, mark.begin, marks[*opener].begin, mark.end});
        open.erase(std::next(opener).base(), open.end());
        continue;
      }
    }
    if (!mark.may_open) continue;
    if (open.size() == max_open) open.erase(open.begin());
    open.push_back(i);
  }
  std::ranges::sort(closed, {}, [](const Quotation& q) { return q.outer_begin; });
  std::vector<Quotation> outermost;
  for (const Quotation& quotation : closed) {
    if (outermost.empty() || quotation.outer_begin >= outermost.back().outer_end)
      outermost.push_back(quotation);
  }
  for (Quotation& quotation : outermost) {
    const std::string_view words =
        paragraph.substr(quotation.begin, quotation.end - quotation.begin);
    const std::string_view inner = trimmed(words);
    quotation.begin += static_cast<std::size_t>(inner.data() - words.data());
    quotation.end = quotation.begin + inner.size();
  }
  return outermost;
}

std::size_t unclosed_quotation(std::string_view paragraph) {
  const std::vector<Quotation> closed = find_quotations(paragraph);
  const std::vector<Mark> marks = read_marks(paragraph);
  static constexpr std::u32string_view opening = U"“„«‹»「『\"";  // single ones may be apostrophes
  for (auto mark = marks.rbegin(); mark != marks.rend(); ++mark) {
    const bool is_closed = std::ranges::any_of(closed, [&](const Quotation& q) {
      return q.outer_begin <= mark->begin && mark->begin < q.outer_end;
    });
    if (!is_closed && mark->may_open && opening.find(mark->sign) != std::u32string_view::npos)
      return mark->end;
  }
  return std::string_view::npos;
}

bool quotes_somebody(std::string_view paragraph, const Quotation& quotation, bool marked) {
  const std::string_view words = paragraph.substr(quotation.begin, quotation.end - quotation.begin);
  const std::size_t count = count_words(words);
  if (count == 0 || is_one_token(words)) return false;
  const std::size_t context = quotation.outer_begin > 60 ? quotation.outer_begin - 60 : 0;
  const std::string_view before =
      trimmed(paragraph.substr(context, quotation.outer_begin - context));
  const std::string lower = lower_case(before);
  const bool introduced = before.ends_with(':') || before.ends_with(',');
  const bool sentence =
      is_sentence_end(code_point_before(words, words.size())) && starts_with_upper(words);
  if (count <= 2) return introduced && sentence;
  if (is_title_case(words) && !(sentence && count >= 6)) return false;
  if (ends_with_any(lower, names_things)) return count >= 12;
  if (ends_with_any(lower, calls_things)) return count >= 5;
  return count >= (marked || has_word_of_sentences(words) ? 3 : 4) || introduced || sentence;
}

}  // namespace loccit
