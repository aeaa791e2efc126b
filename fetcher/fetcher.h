// Fetches many URLs on one event loop, politely, within limits, refusing special addresses at
// connect time.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "fetcher/exchange.h"

namespace loccit {

struct FetchOptions {
  // what may be reached, and how
  std::vector<std::string> connect_to;  // HOST1:PORT1:HOST2:PORT2 as in curl
  std::string ca_file;                  // extra roots, PEM; empty: the system's alone
  std::vector<std::string> allow_net;   // CIDRs that the address guard lets through
  // how much
  std::uint64_t max_bytes = 64U << 20U;       // of one body
  std::chrono::milliseconds timeout{30'000};  // for one hop, all told
  int max_redirects = 10;
  int retries = 2;
  // how politely
  int concurrency = 32;
  int per_host = 2;
  std::chrono::milliseconds delay{500};  // between two requests to one host
  bool respect_robots = true;
  // who asks
  std::string user_agent = "loccit/" LOCCIT_VERSION " (citation archive)";
  std::string accept_language = "en,*;q=0.5";
};

struct FetchRequest {
  std::string url;
  std::string etag;  // of the snapshot already held; empty: ask unconditionally
  std::string last_modified;
};

// Called on the thread that runs fetch_all(), once per request, in the order of completion.
using FetchSink = std::function<void(std::size_t request_index, Exchange exchange)>;

class Fetcher {
 public:
  // Fails where the options are wrong (a CIDR, a connect-to, an unreadable CA file).
  static Result<Fetcher> create(FetchOptions options, Clock clock);
  ~Fetcher();
  Fetcher(Fetcher&&) noexcept;
  Fetcher& operator=(Fetcher&&) noexcept;

  // Returns when every request has been answered, failed, or been abandoned after interrupt().
  void fetch_all(std::span<const FetchRequest> requests, const FetchSink& sink);

  // Safe from another thread and from a signal handler: what is in flight ends as
  // FetchFault::interrupted.
  void interrupt() noexcept;

 private:
  struct State;
  explicit Fetcher(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace loccit
