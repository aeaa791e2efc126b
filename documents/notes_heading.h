// "References", "Notes", "Einzelnachweise", "Références": the headings under which documents list
// what they cite.
#pragma once

#include <string_view>

namespace loccit {

// Numbering before it, a colon after it, case and brackets aside.
bool is_notes_heading(std::string_view heading);

}  // namespace loccit
