#include "documents/link_wrappers.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/url.h"
#include "documents/code_points.h"

namespace loccit {
namespace {

struct Wrapper {
  std::string_view host;  // or the end of one, where it begins with a dot
  std::string_view path;
  std::string_view parameter;
};
constexpr std::array wrappers{
    Wrapper{"www.google.com", "/url", "q"},    // Google Docs, exported
    Wrapper{"www.google.com", "/url", "url"},  // copied from a page of results
    Wrapper{"l.facebook.com", "/l.php", "u"},
    Wrapper{"lm.facebook.com", "/l.php", "u"},
    Wrapper{"out.reddit.com", "/", "url"},
    Wrapper{"www.youtube.com", "/redirect", "q"},
    Wrapper{"slack-redir.net", "/link", "url"},
    Wrapper{".safelinks.protection.outlook.com", "/", "url"},
};

std::string_view value_of(std::string_view query, std::string_view parameter) {
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    if (pair.size() > parameter.size() && pair.starts_with(parameter) &&
        pair[parameter.size()] == '=')
      return pair.substr(parameter.size() + 1);
    query = end < query.size() ? query.substr(end + 1) : std::string_view{};
  }
  return {};
}

}  // namespace

std::string unwrapped_link(std::string_view url) {
  const std::size_t scheme = url.find("://");
  const std::size_t query = url.find('?');
  if (scheme == std::string_view::npos || query == std::string_view::npos || query < scheme + 3)
    return std::string(url);
  const std::size_t path = std::min(url.find('/', scheme + 3), query);
  const std::string host = lower_case(url.substr(scheme + 3, path - scheme - 3));
  for (const Wrapper& wrapper : wrappers) {
    const bool same_host =
        wrapper.host.starts_with('.') ? host.ends_with(wrapper.host) : host == wrapper.host;
    if (!same_host || url.substr(path, query - path) != wrapper.path) continue;
    const std::string_view rest = url.substr(query + 1);
    std::string target =
        percent_decoded(value_of(rest.substr(0, rest.find('#')), wrapper.parameter));
    if (target.starts_with("https://") || target.starts_with("http://")) return target;
  }
  return std::string(url);
}

}  // namespace loccit
