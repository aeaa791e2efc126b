#include "fetcher/robots_book.h"

#include <utility>

#include "base/inflate.h"

namespace loccit {
namespace {

constexpr std::string_view product_token = "loccit";
constexpr std::chrono::hours kept_for{24};  // RFC 9309 §2.4

std::string beginning_of(const Hop& hop) {
  auto entity = payload(hop);
  if (!entity)
    return std::string(
        hop.body.view());  // cut short, by the size limit or by the server: what came counts
  std::string text;
  ReadLimits limits;
  limits.max_output = robots_max_bytes;
  if (auto whole =
          decode_content(*entity, header_value(hop.headers, "Content-Encoding"), limits, &text))
    text = *std::move(whole);
  return text;
}

// The page would fail in the same way; saying so is truer than "forbidden", and asks the host for
// nothing more. A TLS failure stays for the page to meet: it is then looked at without trust.
bool stands_for_the_page(FetchFault fault) {
  switch (fault) {
    case FetchFault::name_not_resolved:
    case FetchFault::connection_refused:
    case FetchFault::connection_reset:
    case FetchFault::network_unreachable:
    case FetchFault::timed_out:
    case FetchFault::special_address:
    case FetchFault::rate_limited:
    case FetchFault::interrupted:
      return true;
    default:
      return false;
  }
}

}  // namespace

Url robots_url(const Url& url) {
  return {url.scheme, "", url.host, url.port, "/robots.txt", "", false, ""};
}

RobotsBook::Answer RobotsBook::look_up(const Url& url, Timestamp now, int round) const {
  using Kind = Answer::Kind;
  const auto it = entries_.find(to_string(robots_url(url)));
  if (it == entries_.end()) return {Kind::ask, std::nullopt};
  const Entry& entry = it->second;
  if (entry.asking) return {Kind::wait, std::nullopt};
  if (now - entry.settled_at > kept_for || (entry.failure && entry.round != round))
    return {Kind::ask, std::nullopt};
  if (entry.failure) return {Kind::stay_out, entry.failure};
  const std::string path = url.path + (url.has_query ? "?" + url.query : "");
  if (const RobotsRule* rule = forbidding_rule(entry.rules, path)) {
    return {Kind::stay_out,
            FetchFailure{FetchFault::robots_refused,
                         "the robots.txt of " + url.host + " forbids " + path.substr(0, 200) +
                             " (\"Disallow: " + rule->pattern.substr(0, 200) + "\")"}};
  }
  return {Kind::go, std::nullopt};
}

void RobotsBook::begin_asking(const Url& url, int round) {
  Entry& entry = entries_[to_string(robots_url(url))];
  entry.asking = true;
  entry.round = round;
}

void RobotsBook::park(const Url& url, std::size_t task) {
  entries_[to_string(robots_url(url))].waiting.push_back(task);
}

std::vector<std::size_t> RobotsBook::settle(const Url& url, const Exchange& robots, Timestamp now) {
  Entry& entry = entries_[to_string(robots_url(url))];
  entry.asking = false;
  entry.settled_at = now;
  entry.rules.clear();
  entry.failure.reset();
  const int status = robots.hops.empty() ? 0 : robots.hops.back().status;
  if (robots.failure && stands_for_the_page(robots.failure->fault)) {
    entry.failure = robots.failure;
    entry.failure->message += " (already when asked for its robots.txt)";
  } else if (status >= 500) {  // RFC 9309 §2.3.1.4: assume that all is forbidden
    entry.failure = FetchFailure{FetchFault::robots_refused,
                                 "the robots.txt of " + url.host + " answers " +
                                     std::to_string(status) + ", which forbids all (RFC 9309)"};
  } else if (status >= 200 && status <= 299) {
    entry.rules = parse_robots(beginning_of(robots.hops.back()), product_token);
  }  // else §2.3.1.3: none to be had (4xx, too many redirects), all is allowed
  return std::exchange(entry.waiting, {});
}

void RobotsBook::forget_unsettled() {
  std::erase_if(entries_, [](const auto& entry) {
    return entry.second.asking || entry.second.failure.has_value();
  });
}

}  // namespace loccit
