#include "documents/old_marks.h"

#include <algorithm>

#include "documents/code_points.h"
#include "documents/part_text.h"

namespace loccit {
namespace {

bool is_label(std::string_view raised) {
  constexpr std::size_t longest = 5;
  if (raised.empty() || raised.size() > longest) return false;
  const bool bracketed = raised.starts_with('[') && raised.ends_with(']');
  if (bracketed) raised = raised.substr(1, raised.size() - 2);
  return raised.find_first_not_of("0123456789,") == std::string_view::npos ||
         (bracketed && raised.size() <= 2);
}

// "m2" and "x3" are units and powers; after a word of some length, or after its stop, no figure is.
bool follows_a_word(std::string_view before) {
  const char32_t last = code_point_before(before, before.size());
  static constexpr std::u32string_view closers = U".,;:!?)”’»\"…";
  if (closers.find(last) != std::u32string_view::npos) return true;
  constexpr std::size_t longest_unit = 3;
  std::size_t begin = before.size();
  std::size_t letters = 0;
  while (begin > 0 && is_letter(code_point_before(before, begin))) {
    begin = start_of_code_point_before(before, begin);
    ++letters;
  }
  return letters > longest_unit;
}

}  // namespace

void erase_old_marks(Part& part) {
  std::vector<TextRange> marks;
  const std::string_view text = part.text;
  for (const TextRange& raised : part.raised) {
    if (raised.begin >= raised.end || raised.end > text.size()) continue;
    if (!marks.empty() && raised.begin < marks.back().end) continue;
    if (is_label(trimmed(text.substr(raised.begin, raised.end - raised.begin))) &&
        follows_a_word(text.substr(0, raised.begin)))
      marks.push_back(raised);
  }
  erase_text(part, marks);
}

}  // namespace loccit
