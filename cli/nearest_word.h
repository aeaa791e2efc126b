// "Did you mean …?" for a word that is not known.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace loccit {

// The known word that is fewest edits away, if that is few for its length; else "".
std::string nearest_word(std::string_view word, std::span<const std::string> known);

}  // namespace loccit
