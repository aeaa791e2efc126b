// The host of a URL: names, IPv4 in all its spellings, IPv6. Private to base/url.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace loccit {

// As in WHATWG URL §3.5: percent-decoded, IDN to punycode (UTS 46, non-transitional), lower case;
// "0x7f.1" becomes "127.0.0.1". IPv6 comes in brackets and leaves without, in RFC 5952 form.
Result<std::string> parse_host(std::string_view text);

bool is_ip_address(std::string_view host);

// Unicode for the reader, punycode where a label mixes scripts or looks like an ASCII name.
std::string display_host(std::string_view ascii_host);

}  // namespace loccit
