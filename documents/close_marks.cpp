#include "documents/close_marks.h"

#include <cstddef>
#include <string_view>
#include <utility>

#include "documents/code_points.h"
#include "documents/note_label.h"

namespace loccit {
namespace {

// A figure set high may be a sign of its own ("⁸") or a digit; either way one for each of the
// content.
bool has_a_sign_for_each_digit(const MarkCandidate& candidate, std::string_view text) {
  std::size_t signs = 0;
  for (std::size_t at = candidate.begin; at < candidate.end; ++signs) next_code_point(text, at);
  return signs == candidate.content.size();
}

std::size_t digits_of_first(const std::string& content,
                            const std::function<bool(const std::string& label)>& is_note) {
  for (std::size_t cut = 1; cut < content.size(); ++cut) {
    const auto first = number_of(content.substr(0, cut)), second = number_of(content.substr(cut));
    if (first && second == *first + 1 && is_note(std::to_string(*first)) &&
        is_note(std::to_string(*second)))
      return cut;
  }
  return 0;
}

}  // namespace

std::vector<MarkCandidate> part_marks_set_close(
    std::vector<MarkCandidate> candidates, const std::vector<PrintedText>& paragraphs,
    const std::function<bool(const std::string& label)>& is_note) {
  std::vector<MarkCandidate> parted;
  for (MarkCandidate& candidate : candidates) {
    const std::string_view text = paragraphs[candidate.paragraph].text;
    const bool may_be_two = candidate.form == MarkShape::raised && !is_note(candidate.content) &&
                            has_a_sign_for_each_digit(candidate, text);
    const std::size_t digits = may_be_two ? digits_of_first(candidate.content, is_note) : 0;
    if (digits == 0) {
      parted.push_back(std::move(candidate));
      continue;
    }
    MarkCandidate second = candidate;
    for (std::size_t i = 0; i < digits; ++i) next_code_point(text, second.begin);
    second.content = candidate.content.substr(digits);
    candidate.end = second.begin;
    candidate.content.resize(digits);
    parted.push_back(std::move(candidate));
    parted.push_back(std::move(second));
  }
  return parted;
}

}  // namespace loccit
