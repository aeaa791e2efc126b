// Arabic and Hebrew as PDFs hold them: letters in the order in which they are seen, from left to
// right.
#pragma once

#include <string>
#include <string_view>

namespace loccit {

bool has_right_to_left(std::string_view utf8);
bool is_mostly_right_to_left(std::string_view utf8);

// One word: its right-to-left letters turned round, digits and Latin letters as they are.
std::string logical_from_visual(std::string_view utf8);

}  // namespace loccit
