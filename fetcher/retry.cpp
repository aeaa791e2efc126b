#include "fetcher/retry.h"

#include <algorithm>
#include <charconv>

namespace loccit {

bool may_pass(FetchFault fault) {
  switch (fault) {
    case FetchFault::timed_out:
    case FetchFault::connection_reset:
    case FetchFault::truncated_body:
      return true;
    default:
      return false;
  }
}

bool may_pass(int status) {
  switch (status) {
    case 408:
    case 425:
    case 429:
      return true;
    case 501:  // not implemented: will not be in a minute either
    case 505:
      return false;
    default:
      return status >= 500 && status <= 599;
  }
}

bool worth_a_last_try(FetchFault fault) {
  return may_pass(fault) || fault == FetchFault::name_not_resolved ||
         fault == FetchFault::connection_refused || fault == FetchFault::network_unreachable;
}

std::chrono::milliseconds backoff(int tries_so_far, double chance) {
  constexpr std::chrono::milliseconds first{500};
  constexpr std::chrono::milliseconds longest{10'000};
  const auto full = std::min(longest, first * (1 << std::clamp(tries_so_far - 1, 0, 10)));
  return std::chrono::milliseconds(
      static_cast<long>(static_cast<double>(full.count()) * (1.0 - chance / 2)));
}

std::optional<std::chrono::seconds> retry_after(const Headers& headers, Timestamp now) {
  const std::string_view value = header_value(headers, "Retry-After");
  if (value.empty()) return std::nullopt;
  constexpr long year = 365L * 24 * 3600;
  long seconds = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
  if (end == value.data() + value.size()) {
    return std::chrono::seconds(error == std::errc() ? std::clamp(seconds, 0L, year) : year);
  }
  const auto date = from_http_date(value);
  if (!date) return std::nullopt;
  return std::max(std::chrono::seconds(0), std::chrono::ceil<std::chrono::seconds>(*date - now));
}

}  // namespace loccit
