// The letters and signs that LaTeX has commands for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace loccit {

// "ss", "ldots", "&", "guillemotleft", …: what is printed; nullopt for a command that is no sign.
std::optional<std::string_view> latex_sign(std::string_view command);

// Whether the command puts an accent on its argument: \'e, \c{c}, \v{s}.
bool is_latex_accent(std::string_view command);
std::string accented(std::string_view command, std::string_view letter);

}  // namespace loccit
