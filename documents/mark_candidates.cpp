#include "documents/mark_candidates.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "documents/code_points.h"
#include "documents/note_label.h"
#include "documents/printed_date.h"

namespace loccit {
namespace {

// "No.5", "p.12", "Art.10": a number belongs to these.
bool is_counting_word(std::string_view text, std::size_t stop) {
  const std::size_t letters = letters_before(text, stop);
  if (letters == 0 || letters > 5) return false;
  std::size_t begin = stop;
  for (std::size_t i = 0; i < letters; ++i) begin = start_of_code_point_before(text, begin);
  const std::string word = lower_case(text.substr(begin, stop - begin));
  static constexpr auto words =
      std::to_array<std::string_view>({"no", "nr", "p", "pp", "art", "vol", "para", "paras", "sec",
                                       "ch", "fig", "nos", "rn", "abs", "bd", "s"});
  return std::ranges::find(words, word) != words.end();
}

// "…”," before a parted mark.
bool closes_quotation(std::string_view before) {
  static constexpr std::u32string_view closers = U"”’\"»“";
  return before.size() > 1 &&
         closers.find(code_point_before(before, before.size() - 1)) != std::u32string_view::npos;
}

bool names_a_month(std::string_view text, std::size_t at) {
  const std::size_t begin = std::min(text.find_first_not_of(" \n", at), text.size());
  std::size_t end = begin;
  while (end < text.size() && is_letter(code_point_at(text, end))) next_code_point(text, end);
  return end > begin &&
         printed_date("1 " + std::string(text.substr(begin, end - begin)) + " 2000").has_value();
}

class CandidateFinder {
 public:
  CandidateFinder(const PrintedText& printed, std::size_t paragraph,
                  std::vector<MarkCandidate>& out)
      : printed_(printed), text_(printed.text), paragraph_(paragraph), out_(out) {}

  void find() {
    for (std::size_t at = 0; at < text_.size();) {
      const std::size_t begin = at;
      const char32_t c = next_code_point(text_, at);
      if (in_url(begin)) continue;
      if (c == U'[' || c == U'(')
        at = bracket(begin, c);
      else if (is_digit(c))
        at = digits(begin);
      else if (raised_digit(c))
        at = raised_digits(begin);
      else if (c == U'*' || c == U'†' || c == U'‡')
        at = symbol(begin, c);
      else if (is_raised(begin) && is_letter(c))
        at = raised_word(begin);
    }
  }

 private:
  // Digits in a URL call nothing.
  bool in_url(std::size_t at) {
    if (at < url_end_) return true;
    if (!text_.substr(at).starts_with("http://") && !text_.substr(at).starts_with("https://"))
      return false;
    url_end_ = std::min(text_.find_first_of(" \n", at), text_.size());
    return true;
  }

  bool is_raised(std::size_t at) {
    while (raised_ < printed_.raised.size() && printed_.raised[raised_].end <= at) ++raised_;
    return raised_ < printed_.raised.size() && printed_.raised[raised_].begin <= at;
  }

  void add(std::size_t begin, std::size_t end, std::string content, MarkShape form, double score) {
    const std::size_t page = printed_.pages.empty() ? 0 : printed_.pages[printed_.line_at(begin)];
    out_.push_back({paragraph_, begin, end, page, std::move(content), form, score});
  }

  std::size_t bracket(std::size_t begin, char32_t open) {
    const char close = open == U'[' ? ']' : ')';
    const std::size_t limit = std::min(text_.size(), begin + 80);
    std::size_t end = begin + 1;
    while (end < limit && text_[end] != close && text_[end] != '[' && text_[end] != '(') ++end;
    if (end >= limit || text_[end] != close || end == begin + 1) return begin + 1;
    std::string content = collapsed(text_.substr(begin + 1, end - begin - 1));
    if (content.starts_with('^')) content.erase(0, 1);
    if (open == U'(') {
      if (!number_of(content)) return begin + 1;
      add(begin, end + 1, std::move(content), MarkShape::parenthesized, 2);
      return end + 1;
    }
    ++end;
    if (const auto last = end_of_range(end); number_of(content) && last) {
      content += "-" + last->label;
      end = last->end;
    }
    add(begin, end, std::move(content), MarkShape::bracketed, 8);
    return end;
  }

  struct RangeEnd {
    std::string label;
    std::size_t end = 0;
  };

  // "–[6]" after "[3]".
  std::optional<RangeEnd> end_of_range(std::size_t at) const {
    const auto skip_blanks = [&] {
      while (at < text_.size() && is_blank(code_point_at(text_, at))) next_code_point(text_, at);
    };
    const char32_t dash = code_point_at(text_, at);
    if (dash != U'-' && dash != U'–' && dash != U'—') return std::nullopt;
    next_code_point(text_, at);
    skip_blanks();
    const std::size_t close = std::min(text_.find(']', at), text_.size());
    if (at >= text_.size() || text_[at] != '[' || close - at > 6 || close == text_.size())
      return std::nullopt;
    std::string label(text_.substr(at + 1, close - at - 1));
    if (!number_of(label)) return std::nullopt;
    return RangeEnd{std::move(label), close + 1};
  }

  std::size_t digits(std::size_t begin) {
    std::size_t end = begin;
    while (end < text_.size() && is_digit(static_cast<unsigned char>(text_[end]))) ++end;
    if (end - begin > 5 || text_[begin] == '0') return end;
    const std::string content(text_.substr(begin, end - begin));
    if (is_raised(begin)) {
      raised_list(begin, end);
      return end;
    }
    const char32_t before = code_point_before(text_, begin), after = code_point_at(text_, end);
    if (after == U'/' && before != U'/' && !is_digit(before) && ends_word(end + 1)) {
      add(begin, end + 1, content, MarkShape::slashed, 6);
      return end + 1;
    }
    // Chinese goes on at once: "…费”，2各国 …".
    const bool goes_on = is_caseless(after) && !is_letter(before) && !is_blank(before) &&
                         before != 0 && may_be_glued_to(text_.substr(end));
    if ((is_letter(after) && !goes_on) || after == U'%' || after == U'/' ||
        (after == U'-' && !is_blank(code_point_at(text_, end + 1))))
      return end;
    const bool decimal = (after == U'.' || after == U',' || after == U':') &&
                         is_digit(code_point_at(text_, end + 1));
    if (decimal) return before == 0 || is_blank(before) ? end : list(begin, end, before);
    if (before == U'^') {
      add(begin - 1, end, content, MarkShape::bracketed, 8);
    } else if (before == 0 || before == U'\n') {
      if ((after == U'\n' || after == 0) && before != 0)
        add(begin, end, content, MarkShape::alone, 5);
    } else if (is_blank(before)) {
      parted(begin, end, content, after);
    } else {
      glued(begin, end, content, before);
    }
    return end;
  }

  bool ends_word(std::size_t at) const {
    const char32_t c = code_point_at(text_, at);
    return c == 0 || is_blank(c) || c == U'.' || c == U',' || c == U';' || c == U':' || c == U')';
  }

  // "3, 4" set high: each number is a mark. "n2" and "km2" are powers, unless nothing else calls
  // the note.
  void raised_list(std::size_t begin, std::size_t end) {
    add(begin, end, std::string(text_.substr(begin, end - begin)), MarkShape::raised,
        raised_score(begin));
  }

  double raised_score(std::size_t begin) const {
    const std::size_t letters = letters_before(text_, begin);
    return letters == 1 || letters == 2 ? 2 : 10;
  }

  std::size_t raised_word(std::size_t begin) {
    std::size_t end = begin;
    while (end < text_.size() && is_raised(end) && is_letter(code_point_at(text_, end)))
      next_code_point(text_, end);
    constexpr std::size_t longest = 6;  // "xxviii"
    if (end - begin <= longest)
      add(begin, end, std::string(text_.substr(begin, end - begin)), MarkShape::raised, 6);
    return std::max(end, begin + 1);
  }

  void glued(std::size_t begin, std::size_t end, const std::string& content, char32_t before) {
    const std::size_t previous = start_of_code_point_before(text_, begin);
    double score = 0;
    if (is_letter(before)) {
      score = letters_before(text_, begin) >= 3 ? 5 : 1;
    } else {
      static constexpr std::u32string_view closers = U".,;:!?)]”’\"'»›…“%。，」』";
      if (closers.find(before) == std::u32string_view::npos) return;
      const bool after_digit = is_digit(code_point_before(text_, previous));
      if (after_digit && (before == U'.' || before == U',' || before == U':' || before == U'\'')) {
        // "in 2019.5 The" may be a mark, "3.5" is a number.
        const bool year =
            previous >= 4 && number_of(text_.substr(previous - 4, 4)).value_or(0) >= 1000;
        // "at 06:10.4" at a sentence's end: "3.5" would have a stop of its own.
        const bool last = before == U'.' && ends_sentence_at(end);
        score = year ? 3 : last ? 1.2 : 0.2;
      } else {
        score = (before == U'.' && is_counting_word(text_, previous)) || before == U'(' ? 1 : 5;
      }
    }
    add(begin, end, content, MarkShape::glued, score);
  }

  // "alive.6,7 The": after words and their stop, two numbers in sequence are two marks.
  std::size_t list(std::size_t begin, std::size_t end, char32_t before) {
    const std::size_t next = end + 1;
    std::size_t next_end = next;
    while (next_end < text_.size() && is_digit(static_cast<unsigned char>(text_[next_end])))
      ++next_end;
    const auto first = number_of(text_.substr(begin, end - begin));
    const auto second = number_of(text_.substr(next, next_end - next));
    const std::size_t words_end =
        is_letter(before) ? begin : start_of_code_point_before(text_, begin);
    if (text_[end] != ',' || !first || second != *first + 1 || is_digit(before) ||
        letters_before(text_, words_end) < 3 || is_letter(code_point_at(text_, next_end)))
      return end;
    glued(begin, end, std::to_string(*first), before);
    glued(end, next_end, std::to_string(*second), before);
    return next_end;
  }

  // Nothing follows, or a sentence begins.
  bool ends_sentence_at(std::size_t end) const {
    const std::string_view rest = trimmed(text_.substr(end, 24));
    return rest.empty() || (is_blank(code_point_at(text_, end)) && starts_with_upper(rest));
  }

  // A blank stands before it: at the end of a title or paragraph it is a mark, in mid sentence a
  // number.
  void parted(std::size_t begin, std::size_t end, const std::string& content, char32_t after) {
    const std::string_view before = trimmed(text_.substr(0, begin));
    const char32_t last = code_point_before(before, before.size());
    const bool counted = is_counting_word(before, before.size()) ||
                         (last == U'.' && is_counting_word(before, before.size() - 1));
    const bool after_stop = last == U'.' || last == U'!' || last == U'?' || last == U'”' ||
                            last == U'"' || last == U'»' || last == U'’' || last == U'“';
    double score = 0;
    if (after == 0)
      score = counted ? 1 : 5;
    else if (counted || names_a_month(text_, end))
      score = 0;
    else if (last == U',' && is_blank(after) && closes_quotation(before))
      score = 3;
    else if (after == U'\n' || is_blank(after))
      score = after_stop && starts_with_upper(text_.substr(end, 24)) ? 3 : after == U'\n' ? 1 : 0;
    else if (after == U'.' || after == U',' || after == U';' || after == U':')
      score = 1;
    if (score > 0) add(begin, end, content, MarkShape::parted, score);
  }

  std::size_t raised_digits(std::size_t begin) {
    std::string content;
    std::size_t end = begin;
    while (end < text_.size()) {
      std::size_t next = end;
      const auto digit = raised_digit(next_code_point(text_, next));
      if (!digit) break;
      content += *digit;
      end = next;
    }
    if (content.size() <= 5)
      add(begin, end, std::move(content), MarkShape::raised, raised_score(begin));
    return end;
  }

  std::size_t symbol(std::size_t begin, char32_t sign) {
    std::size_t end = begin;
    while (end < text_.size() && code_point_at(text_, end) == sign) next_code_point(text_, end);
    const char32_t before = code_point_before(text_, begin);
    if (before != 0 && !is_blank(before))
      add(begin, end, std::string(text_.substr(begin, end - begin)), MarkShape::symbol, 5);
    return end;
  }

  const PrintedText& printed_;
  std::string_view text_;
  std::size_t paragraph_;
  std::vector<MarkCandidate>& out_;
  std::size_t raised_ = 0;
  std::size_t url_end_ = 0;
};

}  // namespace

std::vector<MarkCandidate> mark_candidates(const std::vector<PrintedText>& paragraphs) {
  std::vector<MarkCandidate> candidates;
  for (std::size_t p = 0; p < paragraphs.size(); ++p)
    CandidateFinder(paragraphs[p], p, candidates).find();
  return candidates;
}

}  // namespace loccit
