// Text as part of a URL. base/url.h reads URLs; this writes what goes into one.
#pragma once

#include <string>
#include <string_view>

namespace loccit {

// The unreserved characters of RFC 3986 §2.3 and those of `also_bare` stay, every other byte
// becomes %XX.
std::string percent_encoded(std::string_view text, std::string_view also_bare = {});

}  // namespace loccit
