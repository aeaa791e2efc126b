// Which proxy, if any, a URL goes through: the environment as curl reads it, but read once and said
// aloud.
#pragma once

#include <string>

#include "base/url.h"

namespace loccit {

struct Proxies {
  std::string http, https;  // "http://proxy:3128", "socks5h://…"; empty: none
  std::string except;  // no_proxy: names, domains, addresses, CIDRs by commas or blanks; "*" is all
};

// http_proxy (lower case only: HTTP_PROXY is a CGI variable that a stranger can set), https_proxy,
// all_proxy, no_proxy.
Proxies proxies_of_environment();

std::string proxy_for(const Url& url, const Proxies& proxies);  // "" where there is none

}  // namespace loccit
