// The numbers that word processors print for notes.
#pragma once

#include <string>
#include <string_view>

namespace loccit {

// `format` as in OOXML's numFmt (ECMA-376 §17.18.59): "decimal", "lowerRoman", "upperRoman",
// "lowerLetter", "upperLetter", "chicago"; any other counts as decimal. `number` begins at 1.
std::string note_number(int number, std::string_view format);

}  // namespace loccit
