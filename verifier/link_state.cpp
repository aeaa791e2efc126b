#include "verifier/link_state.h"

#include <algorithm>
#include <optional>

#include "base/url.h"
#include "verifier/walls.h"

namespace loccit {
namespace {

LinkState state_of(FetchFault fault) {
  switch (fault) {
    case FetchFault::bad_url:
    case FetchFault::bad_scheme:
    case FetchFault::special_address:
    case FetchFault::too_large:
    case FetchFault::header_too_large:
    case FetchFault::too_many_redirects:
      return LinkState::blocked;
    case FetchFault::tls_expired:
    case FetchFault::tls_untrusted:
    case FetchFault::tls_wrong_host:
    case FetchFault::tls_failed:
    case FetchFault::tls_revoked:
      return LinkState::insecure;
    case FetchFault::robots_refused:
    case FetchFault::rate_limited:
      return LinkState::refused;
    default:
      return LinkState::unreachable;
  }
}

std::string host_of(std::string_view url) {
  const auto parsed = parse_url(url);
  return parsed ? parsed->host : std::string(url);
}

std::string in_words(int status) {
  switch (status) {
    case 401:
      return "401, it asks for a login";
    case 402:
      return "402, it asks for payment";
    case 403:
      return "403, it forbids access to a robot";
    case 404:
      return "404, the page is not there";
    case 407:
      return "407, a proxy asks for a login";
    case 410:
      return "410, the page is gone for good";
    case 429:
      return "429, too many requests";
    case 451:
      return "451, unavailable for legal reasons";
    default:
      return std::to_string(status);
  }
}

LinkJudgement of_status(int status, const std::string& host) {
  LinkJudgement judgement;
  judgement.reason = host + " answered " + in_words(status);
  switch (status) {
    case 401:
    case 402:
    case 403:
    case 407:
    case 429:
    case 451:
      judgement.state = LinkState::refused;
      break;
    case 404:
    case 410:
      judgement.state = LinkState::gone;
      break;
    default:
      judgement.state = LinkState::error;
  }
  return judgement;
}

bool is_permanent(int status) { return status == 301 || status == 308; }

// Where a URL leads to, spelled so that only a change of place changes it: "www." and a trailing
// slash do not.
std::string place_of(const Url& url) {
  std::string host = url.host;
  if (host.rfind("www.", 0) == 0) host.erase(0, 4);
  std::string path = url.path;
  while (!path.empty() && path.back() == '/') path.pop_back();
  return host + (url.port.empty() ? "" : ":" + url.port) + path +
         (url.has_query ? "?" + url.query : "");
}

// Moved: permanent redirects lead to another place. A temporary one promises nothing, and what
// comes after it is where the page happens to be today.
std::optional<std::string> moved_reason(const Exchange& exchange) {
  std::size_t last = 0;
  while (last + 1 < exchange.hops.size() && is_permanent(exchange.hops[last].status)) ++last;
  if (last == 0) return std::nullopt;
  const std::string& target = exchange.hops[last].url;
  const auto from = parse_url(exchange.hops.front().url);
  const auto to = parse_url(target);
  if (!from || !to) return std::nullopt;
  if (place_of(*from) != place_of(*to)) return "it has moved for good to " + target;
  if (from->scheme != to->scheme) return "it now answers over " + to->scheme + " at " + target;
  return std::nullopt;
}

}  // namespace

LinkJudgement judge_exchange(const Exchange& exchange) {
  if (exchange.failure) {
    return {state_of(exchange.failure->fault), false, exchange.failure->message};
  }
  if (exchange.hops.empty()) return {LinkState::unreachable, false, "nothing was fetched"};
  const Hop& last = exchange.hops.back();
  if (exchange.untrusted) {
    std::string why = last.tls && !last.tls->verify_error.empty()
                          ? last.tls->verify_error
                          : "its certificate is not trusted";
    return {LinkState::insecure, false, host_of(last.url) + ": " + why};
  }
  if (const std::string wall = challenge_in_headers(last.headers); !wall.empty()) {
    return {LinkState::refused, true,
            host_of(last.url) + " answered a robot with a challenge (" + wall + ")"};
  }
  if (last.status < 200 || last.status >= 300) return of_status(last.status, host_of(last.url));
  if (last.truncation == Truncation::disconnect || last.truncation == Truncation::time) {
    return {LinkState::unreachable, false, "the answer of " + host_of(last.url) + " broke off"};
  }
  if (last.body.size() == 0) {
    return {
        LinkState::soft404, false,
        host_of(last.url) + " answers " + std::to_string(last.status) + ", but with an empty page"};
  }
  if (auto moved = moved_reason(exchange)) return {LinkState::moved, false, std::move(*moved)};
  return {LinkState::ok, false, ""};
}

LinkJudgement judge_page(const LinkJudgement& before, const Exchange& exchange,
                         const PageFace& page) {
  const Hop& last = exchange.hops.back();
  const std::string host = host_of(last.url);
  // 503 and 403 are how walls mostly answer; what they are is on the page. What is not there is not
  // behind a wall.
  const bool may_be_wall = before.state != LinkState::insecure && before.state != LinkState::gone;
  if (const std::string wall = may_be_wall ? challenge_on_page(page) : ""; !wall.empty())
    return {LinkState::refused, true, host + " answered a robot with a challenge (" + wall + ")"};
  if (before.state != LinkState::ok && before.state != LinkState::moved) return before;
  const PageSituation situation{exchange.hops.front().url, last.url, exchange.hops.size() > 1};
  if (const std::string sign = login_sign(page, situation); !sign.empty())
    return {LinkState::refused, true, host + " asks for a login: " + sign};
  if (const std::string sign = barrier_sign(page); !sign.empty())
    return {LinkState::refused, true, host + " lets no robot read on: " + sign};
  if (const std::string sign = soft404_sign(page, situation); !sign.empty()) {
    return {LinkState::soft404, true,
            host + " answers " + std::to_string(last.status) + ", but " + sign};
  }
  return before;
}

}  // namespace loccit
