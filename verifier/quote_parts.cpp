#include "verifier/quote_parts.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include "documents/html_signs.h"
#include "verifier/fold_table.h"

namespace loccit {
namespace {

constexpr std::array<std::string_view, 7> dot_marks = {".",      "\u2026", "\u22EF", "\u3002",
                                                       "\uFF0E", "\u30FB", "\u2025"};
constexpr std::array<std::string_view, 4> line_marks = {"-", "\u2013", "\u2014", "*"};
constexpr std::array<std::string_view, 12> openers = {
    "[", "(", "{", "<", "/", "\uFF3B", "\uFF08", "\u3010", "\u3014", "\u27E8", "\u2039", "\u300C"};
constexpr std::array<std::string_view, 12> closers = {
    "]", ")", "}", ">", "/", "\uFF3D", "\uFF09", "\u3011", "\u3015", "\u27E9", "\u203A", "\u300D"};

template <std::size_t N>
std::size_t starts_with_any(std::string_view text, const std::array<std::string_view, N>& set) {
  for (const std::string_view item : set) {
    if (text.substr(0, item.size()) == item) return item.size();
  }
  return 0;
}

std::size_t blanks_at(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size()) {
    if (text[n] == ' ' || text[n] == '\t' || text[n] == '\n' || text[n] == '\r') {
      ++n;
    } else if (text.substr(n, 2) == "\u00A0") {
      n += 2;
    } else if (text.substr(n, 3) == "\u202F" || text.substr(n, 3) == "\u2009") {
      n += 3;
    } else {
      break;
    }
  }
  return n;
}

// A run of dots (or, where `lines` are allowed, of dashes or asterisks) with blanks between: its
// length and how many dots it is worth.
struct DotRun {
  std::size_t length = 0;
  int dots = 0;
  bool wide = false;  // an ellipsis character stands in it
};
template <std::size_t N>
DotRun dot_run(std::string_view text, const std::array<std::string_view, N>& marks) {
  DotRun run;
  std::size_t at = 0;
  for (;;) {
    const std::size_t length = starts_with_any(text.substr(at), marks);
    if (length == 0) break;
    const std::string_view mark = text.substr(at, length);
    if (mark == "\u2026" || mark == "\u22EF") {
      run.wide = true;
      run.dots += 3;
    } else {
      run.dots += mark == "\u2025" ? 2 : 1;
    }
    at += length;
    run.length = at;
    const std::size_t blanks = blanks_at(text.substr(at));
    // Dots on another line are another thing.
    if (text.substr(at, blanks).find('\n') != std::string_view::npos) break;
    at += blanks;
  }
  return run;
}

// What editors write in brackets where they leave words out.
std::size_t omission_word(std::string_view text) {
  constexpr std::array<std::string_view, 14> words = {
      "中略",    "前略", "後略",    "下略",       "省略",    "略",      "omissis",
      "omitted", "snip", "gekürzt", "Auslassung", "пропуск", "опущено", "coupé"};
  return starts_with_any(text, words);
}

std::size_t omission_at(std::string_view text) {
  if (const std::size_t open = starts_with_any(text, openers); open != 0) {
    std::size_t at = open + blanks_at(text.substr(open));
    DotRun run = dot_run(text.substr(at), dot_marks);
    if (run.dots < 2) run = dot_run(text.substr(at), line_marks);
    const std::size_t length = run.length != 0 ? run.length : omission_word(text.substr(at));
    if (length == 0) return 0;
    at += length;
    at += blanks_at(text.substr(at));
    const std::size_t close = starts_with_any(text.substr(at), closers);
    return close == 0 ? 0 : at + close;
  }
  const DotRun run = dot_run(text, dot_marks);
  if (run.wide || run.dots >= 3) return run.length;
  const DotRun stars = dot_run(text, std::array<std::string_view, 1>{"*"});
  return stars.dots >= 3 ? stars.length : 0;
}

bool may_start_mark(unsigned char c) {
  return c == '[' || c == '(' || c == '{' || c == '<' || c == '/' || c == '.' || c == '*' ||
         c == 0xE2 || c == 0xE3 || c == 0xEF;
}

bool has_letters(std::string_view text) { return !fold(text).tokens.empty(); }

// What stands at `at`, which is moved on; malformed bytes are U+FFFD.
char32_t take_character(std::string_view text, std::size_t& at) {
  auto next = static_cast<int32_t>(at);
  UChar32 c = 0;
  U8_NEXT_OR_FFFD(reinterpret_cast<const std::uint8_t*>(text.data()), next,
                  static_cast<int32_t>(text.size()), c);
  at = static_cast<std::size_t>(next);
  return static_cast<char32_t>(c);
}

bool is_digit(char32_t c) { return fold_entry(c).fold_class == FoldClass::digit; }

bool is_superscript(char32_t c) {
  return c == 0xB9 || c == 0xB2 || c == 0xB3 || c == 0x2070 || (c >= 0x2074 && c <= 0x2079);
}

// "[12]", "[1, 2]", "[1–3]", "[n 1]" are left to the reader of the page; digits and what joins them
// are told here. Notes are named in their order: "[3, 1]" and "[[1, 2]" are lists of something
// else.
std::optional<TextRange> bracketed_numeral(std::string_view text, std::size_t begin) {
  constexpr std::size_t longest = 32;
  text = text.substr(0, std::min(text.size(), begin + longest));
  if (begin > 0 && text[begin - 1] == '[') return std::nullopt;
  int in_a_row = 0, figures = 0;  // four: "[2019]" is the year of a law report, not a note
  long number = 0, last = -1;
  for (std::size_t at = begin + 1; at < text.size();) {
    const std::size_t digit = at;
    const char32_t c = take_character(text, at);
    if (is_digit(c)) {
      figures = std::max(figures, ++in_a_row);
      if (figures > 3) return std::nullopt;
      number = number * 10 + (digits_of(text.substr(digit, at - digit)).front() - '0');
      continue;
    }
    if (in_a_row > 0) {
      if (number <= last) return std::nullopt;
      last = std::exchange(number, 0);
    }
    in_a_row = 0;
    if (c == ']') {
      if (figures == 0) return std::nullopt;
      return TextRange{begin, at};
    }
    if (std::u32string_view(U", -\u2013\u060C\u3001").find(c) == std::u32string_view::npos)
      return std::nullopt;
  }
  return std::nullopt;
}

// "late.¹ It was", "soon² after", but not "5 m²" and "10²".
std::optional<TextRange> superscript_mark(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  for (std::size_t next = begin; next < text.size();) {
    if (!is_superscript(take_character(text, next))) break;
    end = next;
  }
  if (end == begin || !may_end_before_note(text.substr(0, begin), text.substr(begin, end - begin)))
    return std::nullopt;
  return TextRange{begin, end};
}

// What an editor puts in brackets to speak of the quote itself.
bool speaks_of_the_quote(std::string_view inside) {
  const std::string letters = fold(inside).letters;
  if (letters.empty()) return true;  // "[!]", "[?]"
  for (const std::string_view word :
       {"sic", "sicerat", "сик", "原文", "原文如此", "原文まま", "ママ", "原文ママ",
        "emphasisadded", "emphasisinoriginal", "emphasismine", "hervorhebungimoriginal",
        "soimoriginal", "noussoulignons"}) {
    if (letters == fold(word).letters) return true;
  }
  return false;
}

}  // namespace

std::size_t omission_mark_length(std::string_view text) {
  return !text.empty() && may_start_mark(static_cast<unsigned char>(text.front()))
             ? omission_at(text)
             : 0;
}

std::vector<TextRange> find_note_marks(std::string_view text) {
  // A bracket, and the first bytes of the superscripts: none of them frequent.
  constexpr std::array<char, 3> beginnings = {'[', '\xC2', '\xE2'};
  std::array<std::size_t, 3> next{};
  for (std::size_t i = 0; i < 3; ++i) next[i] = text.find(beginnings[i]);
  std::vector<TextRange> marks;
  std::size_t taken = 0;
  for (;;) {
    const auto first = std::min_element(next.begin(), next.end());
    const std::size_t at = *first;
    if (at == std::string_view::npos) return marks;
    *first = text.find(text[at], at + 1);
    if (at < taken) continue;
    const auto mark = text[at] == '[' ? bracketed_numeral(text, at) : superscript_mark(text, at);
    if (!mark) continue;
    marks.push_back(*mark);
    taken = mark->end;
  }
}

std::string digits_of(std::string_view text) {
  std::string digits;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = take_character(text, at);
    if (is_digit(c) || is_superscript(c)) digits += fold_entry(c).bytes[0];
  }
  return digits;
}

QuoteParts take_apart(std::string_view quote) {
  QuoteParts parts;
  parts.note_marks = find_note_marks(quote);
  std::size_t begin = 0;
  const auto add_stretch = [&](std::size_t end) {
    if (has_letters(quote.substr(begin, end - begin))) parts.stretches.push_back({begin, end});
  };
  for (std::size_t at = 0; at < quote.size();) {
    const std::size_t length = omission_mark_length(quote.substr(at));
    if (length == 0) {
      ++at;
      continue;
    }
    const std::size_t before = parts.stretches.size();
    add_stretch(at);
    if (before == 0 && parts.stretches.empty()) parts.leading_mark = true;
    at += length;
    begin = at;
    parts.trailing_mark = true;
  }
  const std::size_t before = parts.stretches.size();
  add_stretch(quote.size());
  if (parts.stretches.size() > before) parts.trailing_mark = false;

  for (std::size_t at = quote.find('['); at != std::string_view::npos;
       at = quote.find('[', at + 1)) {
    const std::size_t close = quote.find(']', at);
    if (close == std::string_view::npos) break;
    if (close - at > 80 || omission_at(quote.substr(at)) != 0) continue;
    const bool sic = speaks_of_the_quote(quote.substr(at + 1, close - at - 1));
    (sic ? parts.sic_marks : parts.insertions).push_back({at, close + 1});
  }
  return parts;
}

namespace {

// "14. maaliskuuta", "z. b. auf": the stop is an ordinal's or an abbreviation's where a small
// letter follows it.
bool goes_on_small(const FoldedText& text, std::size_t token) {
  constexpr std::size_t longest_abbreviation = 2;
  const Token& before = text.tokens[token - 1];
  if (before.kind != TokenKind::number && before.end - before.begin > longest_abbreviation)
    return false;
  const Token& here = text.tokens[token];
  if (here.kind != TokenKind::word || here.capital) return false;
  const std::string_view word = text.word(here).substr(0, 4);
  const UChar32 letter =
      icu::UnicodeString::fromUTF8({word.data(), static_cast<int32_t>(word.size())}).char32At(0);
  return u_toupper(letter) != letter;
}

}  // namespace

bool is_southeast_asian(std::string_view letter) {
  if (letter.size() < 3) return false;
  const auto second = static_cast<unsigned char>(letter[1]);
  if (letter[0] == '\xE0') return second >= 0xB8 && second <= 0xBB;
  return letter[0] == '\xE1' &&
         ((second >= 0x80 && second <= 0x82) || second == 0x9E || second == 0x9F);
}

std::size_t weight_of(const Token& token) { return token.kind == TokenKind::unspaced ? 1 : 2; }

std::vector<std::size_t> sentence_starts(const FoldedText& text, std::size_t first,
                                         std::size_t last) {
  constexpr std::size_t shortest = 8;        // characters, or twice the words
  constexpr std::size_t shortest_line = 32;  // characters between two blanks
  std::vector<std::size_t> starts;
  if (first >= last) return starts;
  bool punctuated = false;
  std::size_t left = 0;
  for (std::size_t i = first; i < last; ++i) {
    punctuated = punctuated || (i > first && text.tokens[i].sentence_start);
    left += weight_of(text.tokens[i]);
  }
  starts.push_back(first);
  std::size_t held = weight_of(text.tokens[first]);
  left -= held;
  for (std::size_t i = first + 1; i < last; ++i) {
    // Thai has no full stop: a blank is what parts sentences.
    const bool at_blank = !punctuated && text.tokens[i].after_blank && held >= shortest_line &&
                          is_southeast_asian(text.word(text.tokens[i]));
    const bool at_stop = text.tokens[i].sentence_start && !goes_on_small(text, i);
    if ((at_stop || at_blank) && held >= shortest && left >= shortest) {
      starts.push_back(i);
      held = 0;
    }
    held += weight_of(text.tokens[i]);
    left -= weight_of(text.tokens[i]);
  }
  return starts;
}

}  // namespace loccit
