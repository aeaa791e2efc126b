#include "web/replay.h"

#include <algorithm>
#include <array>

#include "base/inflate.h"
#include "base/text.h"
#include "documents/text_content.h"

namespace loccit {
namespace {

constexpr ReadLimits limits{.max_bytes = 64U << 20U};

// An opaque origin, no script, no form, no request; frames of ours may hold it. `sandbox` also
// stops refreshes by themselves (HTML, "sandboxed automatic features").
constexpr std::string_view policy =
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

// Shown as they are: these run nothing. SVG can hold script and is not among them.
constexpr std::array pictures = {"image/png", "image/jpeg", "image/gif", "image/webp",
                                 "image/avif"};

bool starts_with_tag(std::string_view at, std::string_view name) {
  if (at.size() <= name.size()) return false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if ((at[i] | 0x20) != name[i]) return false;
  }
  const char next = at[name.size()];
  return next == '>' || next == '/' || next == ' ' || next == '\t' || next == '\n' ||
         next == '\r' || next == '\f';
}

// <link> opens connections ahead of any policy (preconnect, dns-prefetch), <base> and <meta
// http-equiv> turn the page elsewhere: each becomes an element that means nothing.
std::string without_leads(std::string_view html) {
  constexpr std::array<std::string_view, 3> leads = {"link", "base", "meta"};
  std::string out;
  out.reserve(html.size() + 64);
  for (std::size_t i = 0; i < html.size(); ++i) {
    out += html[i];
    if (html[i] != '<') continue;
    const std::string_view rest = html.substr(i + 1);
    if (std::ranges::any_of(leads, [&](auto name) { return starts_with_tag(rest, name); }))
      out += "x-";
  }
  return out;
}

std::string declared_charset(const Hop& hop) {
  return parse_content_type(header_value(hop.headers, "Content-Type")).charset;
}

WebResponse safe(WebResponse response) {
  response.headers.push_back({"Content-Security-Policy", std::string(policy)});
  response.headers.push_back({"X-DNS-Prefetch-Control", "off"});
  return response;
}

}  // namespace

std::string payload_of(const Snapshot& snapshot) {
  if (snapshot.exchange.hops.empty()) return "";
  const Hop& hop = snapshot.exchange.hops.back();
  const auto body = payload(hop);
  if (!body) return "";
  std::string so_far;
  auto decoded =
      decode_content(*body, header_value(hop.headers, "Content-Encoding"), limits, &so_far);
  return decoded ? std::move(*decoded) : so_far;
}

WebResponse replay(const Snapshot& snapshot) {
  const Exchange& exchange = snapshot.exchange;
  if (exchange.hops.empty() || exchange.hops.back().status == 0) {
    const std::string why = exchange.failure ? exchange.failure->message : "nothing was answered";
    return safe(plain_text(404, "This fetch brought no page: " + why + ".\n"));
  }
  const Hop& hop = exchange.hops.back();
  const std::string body = payload_of(snapshot);
  const std::string type = sniff_media_type(body, header_value(hop.headers, "Content-Type"));
  WebResponse response;
  if (type == "text/html" || type == "application/xhtml+xml") {
    // One charset, named in the header: no page can be read in two ways.
    response.body = without_leads(decode_text(body, declared_charset(hop)).text);
  } else if (std::ranges::find(pictures, type) != pictures.end()) {
    response.media_type = type;
    response.body = body;
  } else if (type.starts_with("text/") || type.ends_with("json") || type.ends_with("xml")) {
    response.media_type = "text/plain; charset=utf-8";
    response.body = decode_text(body, declared_charset(hop)).text;
  } else {
    response.media_type = "application/octet-stream";
    response.headers.push_back({"Content-Disposition", "attachment; filename=\"snapshot\""});
    response.body = body;
  }
  return safe(std::move(response));
}

}  // namespace loccit
