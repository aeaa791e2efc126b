// Text of unknown origin put where it can be nothing but text.
#pragma once

#include <string>
#include <string_view>

namespace loccit {

// For HTML and XML 1.0, in elements and in quoted attributes. What XML 1.0 §2.2 does not allow
// becomes U+FFFD.
std::string escape_markup(std::string_view text);

// For one line of GitHub or GitLab Markdown: no emphasis, link, mention, reference, table or HTML
// comes out of it.
std::string escape_markdown(std::string_view text);

// Whether a link to it is safe to offer: http and https only.
bool is_web_url(std::string_view url);

}  // namespace loccit
