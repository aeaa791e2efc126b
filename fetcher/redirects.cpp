#include "fetcher/redirects.h"

#include "base/inflate.h"
#include "base/url.h"
#include "fetcher/meta_refresh.h"

namespace loccit {
namespace {

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

// As much of the page as a <meta> may stand in.
constexpr std::size_t scanned = 64U << 10U;

std::string beginning_of_page(const Hop& hop) {
  std::string unframed;
  Bytes body = hop.body.view();
  if (is_chunked(hop)) {
    if (auto entity = payload(hop)) unframed = *std::move(entity);
    body = unframed;
  }
  const std::string_view coding = header_value(hop.headers, "Content-Encoding");
  if (coding.empty()) return std::string(body.substr(0, scanned));
  std::string decoded;
  ReadLimits limits;
  limits.max_output = scanned;
  auto whole = decode_content(body, coding, limits,
                              &decoded);  // too_large is expected: it then holds the beginning
  if (whole) decoded = *std::move(whole);
  decoded.resize(std::min(decoded.size(), scanned));
  return decoded;
}

std::optional<Refresh> refresh_of(const Hop& hop) {
  if (auto refresh = parse_refresh(header_value(hop.headers, "Refresh"))) return refresh;
  const std::string type = parse_content_type(header_value(hop.headers, "Content-Type")).media_type;
  if (type != "text/html" && type != "application/xhtml+xml" && !type.empty()) return std::nullopt;
  return find_meta_refresh(beginning_of_page(hop));
}

}  // namespace

Result<std::optional<std::string>> redirect_of(const Hop& hop, std::string_view base) {
  if (is_redirect(hop.status)) {
    const std::string_view location = header_value(hop.headers, "Location");
    if (location.empty()) return std::nullopt;
    if (!url_scheme(location).empty() && url_scheme(location) != "http" &&
        url_scheme(location) != "https") {
      return std::string(location);
    }
    auto target = resolve_url(base, location);
    if (!target)
      return fail(FailureKind::malformed, "redirects to \"" + std::string(location.substr(0, 200)) +
                                              "\": " + target.error().message);
    return *std::move(target);
  }
  if (hop.status < 200 || hop.status > 299) return std::nullopt;
  const auto refresh = refresh_of(hop);
  if (!refresh || refresh->target.empty() || refresh->after > longest_refresh) return std::nullopt;
  // What a page names that is no web address, or itself (a page that reloads), leaves the reader
  // where he is.
  const auto target = resolve_url(base, refresh->target);
  if (!target || fetch_key(*target).value_or("") == fetch_key(base).value_or(""))
    return std::nullopt;
  if (url_scheme(*target) != "http" && url_scheme(*target) != "https") return std::nullopt;
  return *target;
}

}  // namespace loccit
