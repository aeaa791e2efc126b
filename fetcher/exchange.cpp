#include "fetcher/exchange.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace loccit {
namespace {

// Stored in archives: never rename one.
constexpr std::array<std::pair<FetchFault, const char*>, 22> fault_names = {{
    {FetchFault::bad_url, "bad-url"},
    {FetchFault::bad_scheme, "bad-scheme"},
    {FetchFault::special_address, "special-address"},
    {FetchFault::too_large, "too-large"},
    {FetchFault::header_too_large, "header-too-large"},
    {FetchFault::too_many_redirects, "too-many-redirects"},
    {FetchFault::name_not_resolved, "name-not-resolved"},
    {FetchFault::connection_refused, "connection-refused"},
    {FetchFault::connection_reset, "connection-reset"},
    {FetchFault::network_unreachable, "network-unreachable"},
    {FetchFault::timed_out, "timed-out"},
    {FetchFault::truncated_body, "truncated-body"},
    {FetchFault::bad_response, "bad-response"},
    {FetchFault::tls_expired, "tls-expired"},
    {FetchFault::tls_untrusted, "tls-untrusted"},
    {FetchFault::tls_wrong_host, "tls-wrong-host"},
    {FetchFault::tls_failed, "tls-failed"},
    {FetchFault::tls_revoked, "tls-revoked"},
    {FetchFault::robots_refused, "robots-refused"},
    {FetchFault::rate_limited, "rate-limited"},
    {FetchFault::offline, "offline"},
    {FetchFault::interrupted, "interrupted"},
}};

bool ends_in_chunked(std::string coding) {
  std::transform(coding.begin(), coding.end(), coding.begin(), [](char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  });
  while (!coding.empty() && (coding.back() == ' ' || coding.back() == ',')) coding.pop_back();
  constexpr std::string_view chunked = "chunked";
  return coding.size() >= chunked.size() &&
         coding.compare(coding.size() - chunked.size(), chunked.size(), chunked) == 0;
}

}  // namespace

const char* name(FetchFault fault) {
  const auto it = std::find_if(fault_names.begin(), fault_names.end(),
                               [&](const auto& entry) { return entry.first == fault; });
  return it == fault_names.end() ? "" : it->second;
}

std::optional<FetchFault> fetch_fault_from(std::string_view name) {
  const auto it = std::find_if(fault_names.begin(), fault_names.end(),
                               [&](const auto& entry) { return entry.second == name; });
  return it == fault_names.end() ? std::nullopt : std::optional(it->first);
}

bool is_chunked(const Hop& hop) {
  if (!hop.protocol.empty() && hop.protocol.substr(0, 5) != "http/") return false;
  return ends_in_chunked(std::string(header_value(hop.headers, "Transfer-Encoding")));
}

Result<std::string> payload(const Hop& hop) {
  const Bytes body = hop.body.view();
  if (!is_chunked(hop)) return std::string(body);
  auto unframed = remove_chunking(body);
  // Servers say "chunked" and send the bare body (evidence-formats: example-bad-non-chunked): then
  // the body is the payload.
  if (!unframed && unframed.error().offset == 0U) return std::string(body);
  return unframed;
}

}  // namespace loccit
