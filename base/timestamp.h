// Moments, and the three ways they are written: ISO 8601 (JSON, WARC), 14 digits (CDX), IMF-fixdate
// (HTTP).
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace loccit {

using Timestamp = std::chrono::sys_time<std::chrono::microseconds>;

// Passed in wherever time is needed, so that tests own it.
using Clock = std::function<Timestamp()>;
Clock system_clock();

std::string to_iso8601(Timestamp time);         // "2026-11-24T16:00:00Z": whole seconds, UTC
std::string to_iso8601_micros(Timestamp time);  // "2026-11-24T16:00:00.123456Z"
std::optional<Timestamp> from_iso8601(
    std::string_view text);  // 0 to 9 fractional digits, "Z" or ±hh:mm

std::string to_digits14(Timestamp time);  // "20261124160000"
std::optional<Timestamp> from_digits14(
    std::string_view digits);  // 4 to 17 digits, the rest filled with the earliest

std::string to_http_date(Timestamp time);  // RFC 9110 §5.6.7 IMF-fixdate
std::optional<Timestamp> from_http_date(
    std::string_view text);  // all three forms of RFC 9110 §5.6.7

}  // namespace loccit
