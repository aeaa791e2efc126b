// The style sheets and the API's description, built into the program.
#pragma once

#include <optional>
#include <string_view>

#include "web/message.h"

namespace loccit {

// nullopt: no asset has that path.
std::optional<WebResponse> asset(std::string_view path);

}  // namespace loccit
