// What HTML attribute values say, compared without regard to ASCII case.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace loccit {

bool equals_folded(std::string_view a, std::string_view b);
bool starts_folded(std::string_view text, std::string_view start);
bool contains_folded(std::string_view text, std::string_view part);

// Whether `list` (a class, a rel, a role: words parted by blanks) has one of `words`.
bool has_word(std::string_view list, std::initializer_list<std::string_view> words);

}  // namespace loccit
