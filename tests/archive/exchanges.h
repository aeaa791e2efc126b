// Exchanges to put into archives, and what must be equal once they come back.
#pragma once

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "base/timestamp.h"
#include "base/uuid.h"
#include "fetcher/exchange.h"

namespace loccit::testing {

inline Timestamp at(std::string_view iso) { return from_iso8601(iso).value(); }

inline Hop hop(std::string url, std::string response_head, std::string body = {}) {
  Hop hop;
  hop.url = std::move(url);
  hop.request_head = "GET / HTTP/1.1\r\nHost: example.org\r\nAccept: */*\r\n\r\n";
  hop.response_head = std::move(response_head);
  if (const auto head = parse_response_head(hop.response_head)) {
    hop.status = head->status;
    hop.headers = head->headers;
  }
  EXPECT_TRUE(hop.body.append(body));
  hop.protocol = "http/1.1";
  hop.remote_address = "192.0.2.7";
  hop.remote_port = 80;
  hop.resolved_addresses = {"192.0.2.7", "2001:db8::7"};
  hop.started_at = at("2026-11-24T16:00:00.25Z");
  hop.timings = {.name_lookup = std::chrono::microseconds(1200),
                 .connect = std::chrono::microseconds(3400),
                 .tls = {},
                 .first_byte = std::chrono::microseconds(9000),
                 .total = std::chrono::microseconds(12'345)};
  return hop;
}

inline Exchange page(std::string url, std::string body,
                     std::string_view time = "2026-11-24T16:00:00.25Z") {
  Exchange exchange;
  exchange.requested_url = url;
  exchange.started_at = at(time);
  exchange.hops.push_back(hop(
      url, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n", std::move(body)));
  exchange.hops.back().started_at = at(time);
  return exchange;
}

inline Exchange failed(std::string url, FetchFault fault, std::string message) {
  Exchange exchange;
  exchange.requested_url = std::move(url);
  exchange.started_at = at("2026-11-24T16:00:01Z");
  exchange.failure = FetchFailure{fault, std::move(message)};
  exchange.tries = 3;
  return exchange;
}

inline void expect_equal(const Hop& a, const Hop& b) {
  EXPECT_EQ(a.url, b.url);
  EXPECT_EQ(a.request_head, b.request_head);
  EXPECT_EQ(a.response_head, b.response_head);
  EXPECT_EQ(a.status, b.status);
  EXPECT_EQ(a.headers, b.headers);
  EXPECT_EQ(a.body.view(), b.body.view());
  EXPECT_EQ(a.truncation, b.truncation);
  EXPECT_EQ(a.protocol, b.protocol);
  EXPECT_EQ(a.remote_address, b.remote_address);
  EXPECT_EQ(a.remote_port, b.remote_port);
  EXPECT_EQ(a.resolved_addresses, b.resolved_addresses);
  ASSERT_EQ(a.tls.has_value(), b.tls.has_value());
  if (a.tls) {
    EXPECT_EQ(a.tls->version, b.tls->version);
    EXPECT_EQ(a.tls->cipher, b.tls->cipher);
    EXPECT_EQ(a.tls->verified, b.tls->verified);
    EXPECT_EQ(a.tls->verify_error, b.tls->verify_error);
    EXPECT_EQ(a.tls->chain_pem, b.tls->chain_pem);
  }
  EXPECT_EQ(a.started_at, b.started_at);
  EXPECT_EQ(a.timings.name_lookup, b.timings.name_lookup);
  EXPECT_EQ(a.timings.connect, b.timings.connect);
  EXPECT_EQ(a.timings.tls, b.timings.tls);
  EXPECT_EQ(a.timings.first_byte, b.timings.first_byte);
  EXPECT_EQ(a.timings.total, b.timings.total);
}

inline void expect_equal(const Exchange& a, const Exchange& b) {
  EXPECT_EQ(a.requested_url, b.requested_url);
  EXPECT_EQ(a.started_at, b.started_at);
  EXPECT_EQ(a.tries, b.tries);
  EXPECT_EQ(a.untrusted, b.untrusted);
  EXPECT_EQ(a.note, b.note);
  ASSERT_EQ(a.failure.has_value(), b.failure.has_value());
  if (a.failure) {
    EXPECT_EQ(a.failure->fault, b.failure->fault);
    EXPECT_EQ(a.failure->message, b.failure->message);
  }
  ASSERT_EQ(a.hops.size(), b.hops.size());
  for (std::size_t i = 0; i < a.hops.size(); ++i) expect_equal(a.hops[i], b.hops[i]);
}

// Record names one after the other, so that files are equal byte for byte.
inline IdSource counted_ids() {
  return [number = 0]() mutable {
    std::string digits = std::to_string(++number);
    return "urn:uuid:00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
  };
}

inline Clock stopped_clock() {
  return [] { return at("2026-11-24T16:00:00Z"); };
}

}  // namespace loccit::testing
