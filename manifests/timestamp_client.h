// Asks a time-stamping authority over HTTP (RFC 3161 §3.4).
#pragma once

#include <chrono>
#include <span>
#include <string>

#include "base/result.h"
#include "manifests/timestamp_token.h"

namespace loccit {

struct TimestampAnswer {
  std::string response;   // as accept_timestamp() returns it
  std::string authority;  // the URL that answered
};

// The authorities in turn until one answers well; the failure tells what each of them did.
Result<TimestampAnswer> ask_for_timestamp(Bytes message, std::span<const std::string> urls,
                                          std::chrono::seconds timeout = std::chrono::seconds{20});

}  // namespace loccit
