// Links of programs: wrapped in an address of their own to count clicks or to warn of what is
// behind, or made for passing the page on.
#pragma once

#include <string>
#include <string_view>

namespace loccit {

// What "https://www.google.com/url?q=…" and its like lead to; any other link as it is.
std::string unwrapped_link(std::string_view url);

// "Share on …": leads to a form that passes this very page on, and cites nothing.
bool shares_the_page(std::string_view url);

}  // namespace loccit
