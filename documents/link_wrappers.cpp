#include "documents/link_wrappers.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

#include "base/text.h"
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

struct SharingForm {
  std::string_view host;  // without "www."
  std::string_view path;  // its beginning
};
constexpr std::array sharing_forms{
    SharingForm{"twitter.com", "/intent/"},
    SharingForm{"twitter.com", "/share"},
    SharingForm{"x.com", "/intent/"},
    SharingForm{"facebook.com", "/sharer"},
    SharingForm{"facebook.com", "/share.php"},
    SharingForm{"facebook.com", "/dialog/"},
    SharingForm{"linkedin.com", "/shareArticle"},
    SharingForm{"linkedin.com", "/sharing/"},
    SharingForm{"linkedin.com", "/cws/share"},
    SharingForm{"reddit.com", "/submit"},
    SharingForm{"pinterest.com", "/pin/create"},
    SharingForm{"bsky.app", "/intent/"},
    SharingForm{"threads.net", "/intent/"},
    SharingForm{"t.me", "/share"},
    SharingForm{"telegram.me", "/share"},
    SharingForm{"wa.me", "/?text="},
    SharingForm{"api.whatsapp.com", "/send"},
    SharingForm{"vk.com", "/share.php"},
    SharingForm{"tumblr.com", "/share"},
    SharingForm{"tumblr.com", "/widgets/share"},
    SharingForm{"news.ycombinator.com", "/submitlink"},
    SharingForm{"getpocket.com", "/save"},
    SharingForm{"getpocket.com", "/edit"},
    SharingForm{"xing.com", "/spi/shares"},
    SharingForm{"service.weibo.com", "/share/"},
    SharingForm{"plus.google.com", "/share"},
    SharingForm{"addtoany.com", "/share"},
};

struct HostAndPath {
  std::string host;
  std::string_view path;  // with the query
};

std::optional<HostAndPath> host_and_path(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return std::nullopt;
  const std::size_t path = std::min(url.find_first_of("/?#", scheme + 3), url.size());
  return HostAndPath{lower_case(url.substr(scheme + 3, path - scheme - 3)), url.substr(path)};
}

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
  const auto parts = host_and_path(url);
  const std::size_t query = parts ? parts->path.find('?') : std::string_view::npos;
  if (query == std::string_view::npos) return std::string(url);
  const std::string_view path = query == 0 ? "/" : parts->path.substr(0, query);
  for (const Wrapper& wrapper : wrappers) {
    const bool same_host = wrapper.host.starts_with('.') ? parts->host.ends_with(wrapper.host)
                                                         : parts->host == wrapper.host;
    if (!same_host || path != wrapper.path) continue;
    const std::string_view rest = parts->path.substr(query + 1);
    std::string target =
        percent_decoded(value_of(rest.substr(0, rest.find('#')), wrapper.parameter));
    const bool is_url = target.starts_with("https://") || target.starts_with("http://");
    // Decoded once too often, or by mistake: no address, and the wrapper leads there all the same.
    const bool is_clean = is_valid_utf8(target) && std::ranges::none_of(target, [](char c) {
                            return static_cast<unsigned char>(c) <= ' ' || c == '\x7F';
                          });
    if (is_url && is_clean) return target;
  }
  return std::string(url);
}

bool shares_the_page(std::string_view url) {
  const auto parts = host_and_path(url);
  if (!parts) return false;
  const std::string_view host =
      std::string_view(parts->host).substr(parts->host.starts_with("www.") ? 4 : 0);
  return std::ranges::any_of(sharing_forms, [&](const SharingForm& form) {
    return host == form.host && parts->path.starts_with(form.path);
  });
}

}  // namespace loccit
