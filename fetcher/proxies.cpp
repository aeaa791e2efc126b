#include "fetcher/proxies.h"

#include <cstdlib>

#include "fetcher/address_guard.h"

namespace loccit {
namespace {

std::string variable(const char* name, const char* other = nullptr) {
  const char* value = std::getenv(name);
  if (value == nullptr && other != nullptr) value = std::getenv(other);
  return value == nullptr ? "" : value;
}

bool matches(std::string_view entry, const std::string& host) {
  if (entry == "*") return true;
  if (const auto address = ip_address_from(host)) {
    const auto range = ip_range_from(entry);
    return range && range->contains(*address);
  }
  if (entry.front() == '.') entry.remove_prefix(1);
  if (entry.empty() || host.size() < entry.size()) return false;
  const std::string_view tail = std::string_view(host).substr(host.size() - entry.size());
  return tail == entry &&
         (tail.size() == host.size() || host[host.size() - tail.size() - 1] == '.');
}

}  // namespace

Proxies proxies_of_environment() {
  Proxies proxies;
  const std::string all = variable("all_proxy", "ALL_PROXY");
  proxies.http = variable("http_proxy");
  proxies.https = variable("https_proxy", "HTTPS_PROXY");
  if (proxies.http.empty()) proxies.http = all;
  if (proxies.https.empty()) proxies.https = all;
  proxies.except = variable("no_proxy", "NO_PROXY");
  return proxies;
}

std::string proxy_for(const Url& url, const Proxies& proxies) {
  const std::string& proxy = url.scheme == "https" ? proxies.https : proxies.http;
  if (proxy.empty()) return {};
  std::string_view rest = proxies.except;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find_first_of(", "), rest.size());
    if (end > 0 && matches(rest.substr(0, end), url.host)) return {};
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return proxy;
}

}  // namespace loccit
