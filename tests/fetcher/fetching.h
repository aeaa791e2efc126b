// Fetches for the tests of this room: loopback allowed, no pauses, short limits.
#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "fetcher/fetcher.h"

namespace loccit::testing {

inline FetchOptions quick() {
  FetchOptions options;
  options.allow_net = {"127.0.0.0/8"};
  options.delay = std::chrono::milliseconds(0);
  options.timeout = std::chrono::milliseconds(3'000);
  options.retries = 0;
  options.respect_robots = false;
  options.use_proxies = false;
  return options;
}

inline std::vector<Exchange> fetch_all(const std::vector<std::string>& urls,
                                       const FetchOptions& options) {
  auto fetcher = Fetcher::create(options, system_clock());
  EXPECT_TRUE(fetcher) << fetcher.error().message;
  std::vector<FetchRequest> requests;
  for (const std::string& url : urls) requests.push_back({url, "", "", ""});
  std::vector<Exchange> exchanges(urls.size());
  fetcher->fetch_all(requests, [&](std::span<const std::size_t> indices, Exchange exchange) {
    exchanges[indices.front()] = std::move(exchange);
  });
  return exchanges;
}

inline Exchange fetch(const std::string& url, const FetchOptions& options = quick()) {
  return std::move(fetch_all({url}, options).front());
}

inline std::string fault_of(const Exchange& exchange) {
  return exchange.failure ? name(exchange.failure->fault) : "none";
}
inline std::string message_of(const Exchange& exchange) {
  return exchange.failure ? exchange.failure->message : "";
}

}  // namespace loccit::testing
