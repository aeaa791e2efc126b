// Links that a program wrapped in its own address to count clicks or to warn of what is behind.
#pragma once

#include <string>
#include <string_view>

namespace loccit {

// What "https://www.google.com/url?q=…" and its like lead to; any other link as it is.
std::string unwrapped_link(std::string_view url);

}  // namespace loccit
