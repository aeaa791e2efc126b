// The names of the months as dates print them, in the languages that we know.
#pragma once

#include <optional>
#include <string_view>

namespace loccit {

// 1 to 12. `name` is in lower case; "كانون الثاني" is a name of two words.
std::optional<unsigned> month_named(std::string_view name);

}  // namespace loccit
