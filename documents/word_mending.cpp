#include "documents/word_mending.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "documents/code_points.h"

namespace loccit {
namespace {

// Left of a hyphen these keep it in most words that have them ("self-determination"); the
// document's own usage comes first.
constexpr auto hyphenating_prefixes = std::to_array<std::string_view>(
    {"self",  "non",   "ex",   "so",   "co",    "vice",  "well", "anti", "pro",
     "quasi", "semi",  "all",  "half", "cross", "inter", "post", "ill",  "e",
     "long",  "short", "high", "low",  "ci",    "peut",  "sous"});

// Words so short or so common that beside another they are always words of their own.
constexpr auto common_words = std::to_array<std::string_view>(
    {"a",     "i",     "an",    "as",   "at",   "be",   "by",   "do",   "go",   "he",   "if",
     "in",    "is",    "it",    "me",   "my",   "no",   "of",   "on",   "or",   "so",   "to",
     "up",    "us",    "we",    "all",  "and",  "any",  "are",  "but",  "can",  "for",  "had",
     "has",   "her",   "him",   "his",  "how",  "its",  "may",  "not",  "now",  "one",  "our",
     "out",   "own",   "per",   "she",  "the",  "too",  "was",  "way",  "who",  "why",  "you",
     "also",  "been",  "each",  "even", "ever", "from", "have", "here", "into", "just", "more",
     "most",  "much",  "must",  "only", "over", "same", "some", "such", "than", "that", "them",
     "then",  "they",  "this",  "time", "very", "well", "were", "what", "when", "will", "with",
     "under", "where", "while", "le",   "la",   "les",  "de",   "du",   "des",  "un",   "une",
     "et",    "en",    "au",    "ne",   "que",  "qui",  "par",  "der",  "die",  "das",  "den",
     "dem",   "ein",   "und",   "zu",   "el",   "los",  "las",  "del",  "y",    "o",    "e",
     "il"});

bool is_common(std::string_view lower) {
  static const std::unordered_set<std::string_view> words(common_words.begin(), common_words.end());
  return words.contains(lower);
}

bool is_hyphen(char32_t c) { return c == U'-' || c == U'\u2010' || c == U'\u2011'; }

bool is_ideograph(char32_t c) {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x20000 && c <= 0x3FFFF);
}

// The letters that end right before `at`, and those that begin there.
std::string_view word_before(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && at - begin < 200) {
    const std::size_t previous = start_of_code_point_before(text, begin);
    if (!is_letter(code_point_at(text, previous))) break;
    begin = previous;
  }
  return text.substr(begin, at - begin);
}

std::string_view word_after(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && end - at < 200) {
    std::size_t next = end;
    if (!is_letter(next_code_point(text, next))) break;
    end = next;
  }
  return text.substr(at, end - at);
}

struct Word {
  std::size_t begin = 0, end = 0;
};

std::vector<Word> words_in(std::string_view text) {
  std::vector<Word> words;
  for (const std::string_view run : letter_runs(text)) {
    const auto begin = static_cast<std::size_t>(run.data() - text.data());
    words.push_back({begin, begin + run.size()});
  }
  return words;
}

// What stands between two words of a text.
enum class Between { blank, hyphen, hyphen_and_break, other };

Between between(std::string_view text, const Word& left, const Word& right) {
  const std::string_view gap = text.substr(left.end, right.begin - left.end);
  if (gap == " ") return Between::blank;
  if (gap.find_first_not_of(' ') == std::string_view::npos && gap.size() <= 3)
    return Between::blank;
  if (gap == "-" || gap == "\u2010" || gap == "\u2011") return Between::hyphen;
  const std::string_view bare = trimmed(gap);
  if ((bare == "-" || bare == "\u2010") && gap.find('\n') != std::string_view::npos)
    return Between::hyphen_and_break;
  return Between::other;
}

}  // namespace

void Vocabulary::learn(std::string_view text) {
  const std::vector<Word> words = words_in(text);
  std::string left;
  bool left_is_broken = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string word = lower_case(text.substr(words[i].begin, words[i].end - words[i].begin));
    const Between before = i == 0 ? Between::other : between(text, words[i - 1], words[i]);
    const Between after =
        i + 1 == words.size() ? Between::other : between(text, words[i], words[i + 1]);
    const bool broken = before == Between::hyphen_and_break || after == Between::hyphen_and_break;
    if (!broken) ++words_[word];
    if (before == Between::hyphen && !left_is_broken) ++compounds_[left + "-" + word];
    if (before == Between::blank && left.size() + word.size() <= 40) ++pairs_[left + " " + word];
    if (before == Between::hyphen_and_break) ++breaks_[left + "\n" + word];
    left = word;
    left_is_broken = broken;
  }
}

void Vocabulary::settle() {
  std::size_t undone = 0, kept = 0;
  for (const auto& [pair, times] : breaks_) {
    const std::size_t cut = pair.find('\n');
    const std::string left = pair.substr(0, cut), right = pair.substr(cut + 1);
    if (compounds_.contains(left + "-" + right))
      kept += times;
    else if (words_.contains(left + right))
      undone += times;
    // A piece that is a word nowhere else was made by the typesetter.
    else if (!words_.contains(left) && !words_.contains(right))
      undone += times;
  }
  breaks_words_ = undone > 0 && undone * 3 >= kept;
}

std::size_t Vocabulary::count(std::string_view lower_word) const {
  const auto found = words_.find(std::string(lower_word));
  return found == words_.end() ? 0 : found->second;
}

bool Vocabulary::has_compound(std::string_view lower_compound) const {
  return compounds_.contains(std::string(lower_compound));
}

bool Vocabulary::is_torn(std::string_view left_word, std::string_view right_word) const {
  const std::string left = lower_case(left_word), right = lower_case(right_word);
  if (left.empty() || right.empty() || left.size() + right.size() < 4) return false;
  if (starts_with_upper(right_word) || is_common(left) || is_common(right)) return false;
  if (count(left + right) == 0) return false;
  // Each piece occurs only in such pairs: "tion" in "posi tion" and "media tion", never alone.
  const auto pair = pairs_.find(left + " " + right);
  const std::size_t together = pair == pairs_.end() ? 0 : pair->second;
  const std::size_t left_alone = count(left) - std::min(count(left), together);
  const std::size_t right_alone = count(right) - std::min(count(right), together);
  if (left_alone == 0 && right_alone == 0) return together <= count(left + right) || together == 1;
  // A suffix that is torn off several words still stands alone nowhere else; a whole word does.
  return left_alone == 0 && right_alone <= 2 && right.size() >= 3 &&
         count(left + right) > right_alone && count(left) <= 1;
}

bool Vocabulary::keeps_hyphen(std::string_view left_word, std::string_view right_word) const {
  const std::string left = lower_case(left_word), right = lower_case(right_word);
  if (compounds_.contains(left + "-" + right)) return true;
  if (words_.contains(left + right)) return false;
  const bool capitals =
      is_upper(code_point_before(left_word, left_word.size())) && left_word.size() > 1;
  if (starts_with_upper(right_word) && !capitals) return true;
  if (std::ranges::find(hyphenating_prefixes, left) != hyphenating_prefixes.end())
    return !breaks_words_ || words_.contains(right);
  if (breaks_words_) return false;
  return words_.contains(left) && words_.contains(right);
}

namespace {

class Unwrapper {
 public:
  Unwrapper(std::string_view printed, const Vocabulary& vocabulary)
      : in_(printed), vocabulary_(vocabulary) {}

  std::string run() {
    while (at_ < in_.size()) {
      const std::size_t begin = at_;
      const char32_t c = next_code_point(in_, at_);
      if (c == U'\u00AD')
        skip_soft_hyphen();
      else if (is_hyphen(c) && ends_line(at_))
        end_line_with_hyphen(begin);
      else if (is_blank(c))
        read_blank(begin);
      else
        out_ += in_.substr(begin, at_ - begin);
    }
    while (out_.ends_with(' ')) out_.pop_back();
    return std::move(out_);
  }

 private:
  // Only blanks stand between here and the line's end.
  bool ends_line(std::size_t at) const {
    while (at < in_.size() && in_[at] == ' ') ++at;
    return at < in_.size() && in_[at] == '\n';
  }

  std::size_t after_blanks(std::size_t at) const {
    while (at < in_.size()) {
      std::size_t next = at;
      if (!is_blank(next_code_point(in_, next))) return at;
      at = next;
    }
    return at;
  }

  void skip_soft_hyphen() {
    if (ends_line(at_)) at_ = after_blanks(at_);
  }

  void end_line_with_hyphen(std::size_t hyphen) {
    const std::size_t next = after_blanks(at_);
    const std::string_view right = word_after(in_, next);
    std::size_t left_end = hyphen;
    while (left_end > 0 && in_[left_end - 1] == ' ') --left_end;
    const std::string_view left = word_before(in_, left_end);
    const bool parted = left_end < hyphen;
    if (parted) {
      // "Nagorno -" at a line's end: a stray blank where the word is written with a hyphen, else a
      // dash.
      const bool one_word = !left.empty() && !right.empty() &&
                            vocabulary_.has_compound(lower_case(left) + "-" + lower_case(right));
      if (!one_word) {
        out_ += "- ";
        at_ = next;
        return;
      }
      while (out_.ends_with(' ')) out_.pop_back();
    }
    const bool keeps = left.empty() || right.empty() || vocabulary_.keeps_hyphen(left, right);
    if (keeps) out_ += in_.substr(hyphen, at_ - hyphen);
    at_ = next;
  }

  void read_blank(std::size_t begin) {
    const std::size_t next = after_blanks(begin);
    const bool line_break = in_.substr(begin, next - begin).find('\n') != std::string_view::npos;
    at_ = next;
    if (out_.empty() || next == in_.size()) return;
    const char32_t left = code_point_before(out_, out_.size());
    const char32_t right = code_point_at(in_, next);
    if (line_break && (left == U'—' || left == U'/' || (is_ideograph(left) && is_ideograph(right))))
      return;
    if (is_letter(left) && is_letter(right)) {
      const std::string_view left_word = word_before(out_, out_.size());
      const std::string_view right_word = word_after(in_, next);
      if (!line_break && vocabulary_.is_torn(left_word, right_word)) return;
    }
    out_ += ' ';
  }

  std::string_view in_;
  const Vocabulary& vocabulary_;
  std::size_t at_ = 0;
  std::string out_;
};

}  // namespace

std::string unwrap(std::string_view printed, const Vocabulary& vocabulary) {
  return Unwrapper(printed, vocabulary).run();
}

}  // namespace loccit
