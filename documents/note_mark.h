// The marks by which documents print notes.
#pragma once

#include <string>
#include <string_view>

namespace loccit {

// "1", "[12]", "(iv)", "*", "note 3", "RFC2119": a note's mark, and no words of a sentence.
bool looks_like_note_label(std::string_view text);

// Without brackets, blanks and stop around it: "[12]" and " 12. " are "12".
std::string bare_note_label(std::string_view text);

}  // namespace loccit
