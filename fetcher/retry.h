// When a failed fetch is worth another try, and after how long. Pure: chance and time are passed
// in.
#pragma once

#include <chrono>
#include <optional>

#include "base/timestamp.h"
#include "fetcher/exchange.h"

namespace loccit {

// At once (after a pause): timeouts, resets, broken-off bodies, 429 and what else a server says may
// pass.
bool may_pass(FetchFault fault);
bool may_pass(int status);

// Once more at the end of the run, when a flake has had time to go: all of the above, and names and
// hosts not found.
bool worth_a_last_try(FetchFault fault);

// 500 ms, 1 s, 2 s, … up to 10 s, of which `chance` (0 to 1) takes off up to half, so that many do
// not return as one.
std::chrono::milliseconds backoff(int tries_so_far, double chance);

// RFC 9110 §10.2.3: seconds or a date. nullopt: not given, or not readable.
std::optional<std::chrono::seconds> retry_after(const Headers& headers, Timestamp now);

}  // namespace loccit
