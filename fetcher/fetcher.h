// Fetches many URLs on one event loop, politely, within limits, refusing special addresses at
// connect time.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "fetcher/exchange.h"
#include "fetcher/host_settings.h"

namespace loccit {

struct FetchOptions {
  // what may be reached, and how
  std::vector<std::string> connect_to;  // HOST1:PORT1:HOST2:PORT2 as in curl
  std::string ca_file;                  // extra roots, PEM; empty: the system's alone
  std::vector<std::string> allow_net;   // CIDRs that the address guard lets through
  bool http2 = true;                    // where TLS offers it
  bool use_proxies = true;  // http_proxy, https_proxy, all_proxy, no_proxy of the environment
  // how much
  std::uint64_t max_bytes = 64U << 20U;          // of one body, as on the wire
  std::uint64_t max_header_bytes = 256U << 10U;  // of all heads that one request is answered with
  std::size_t max_headers = 1000;
  std::chrono::milliseconds timeout{30'000};  // for one hop, all told
  std::uint64_t low_speed = 10;               // bytes a second, below which a hop is given up …
  std::chrono::seconds low_speed_time{20};    // … after so long
  int max_redirects = 10;
  // how often
  int retries = 2;  // of what may pass alone; and, unless 0, once more at the end of the run
  std::chrono::seconds longest_wait{
      60};  // a Retry-After beyond it ends our dealings with that host for this run
  // how politely
  int concurrency = 32;
  int per_host = 2;
  std::chrono::milliseconds delay{500};  // between the starts of two requests to one host
  bool respect_robots = true;
  SettingsByHost hosts;  // what differs for some
  // Where others ask the same hosts: called before each request, with the pause that is due between
  // two. Gives how long to wait for our turn, which is then ours; nullopt: not to be had now, ask
  // again in a second. Empty: nobody else is there.
  std::function<std::optional<std::chrono::milliseconds>(const std::string& host,
                                                         std::chrono::milliseconds delay)>
      turn;
  // who asks
  std::string user_agent = "loccit/" LOCCIT_VERSION " (citation archive)";
  std::string contact;  // a URL or an address, put into the User-Agent
  std::string accept_language = "en,*;q=0.5";
  bool browser_headers_on_refusal = false;  // after 403 and 406: once more, looking like a browser
};

struct FetchRequest {
  std::string url;
  std::string etag;  // of the snapshot already held; empty: ask unconditionally
  std::string last_modified;
  std::string validated_url;  // which URL gave these two, where a redirect led there; empty: `url`
};

// Called on the thread that runs fetch_all(), in the order of completion, once for each distinct
// source: `requests` are the indices of all requests that ask for it (one, unless a fetch_key
// occurs twice). It may block: nothing is read from the network meanwhile and no fetch times out
// for it. It may call interrupt().
using FetchSink = std::function<void(std::span<const std::size_t> requests, Exchange exchange)>;

// Called likewise with each robots.txt that was asked for, before any page of that host: evidence
// as well.
using RobotsSink = std::function<void(Exchange exchange)>;

class Fetcher {
 public:
  // Fails where the options are wrong (a CIDR, a connect-to, an unreadable CA file).
  static Result<Fetcher> create(FetchOptions options, Clock clock);
  ~Fetcher();
  Fetcher(Fetcher&&) noexcept;
  Fetcher& operator=(Fetcher&&) noexcept;

  // Returns when every request has been answered, failed, or been abandoned after interrupt().
  void fetch_all(std::span<const FetchRequest> requests, const FetchSink& sink,
                 const RobotsSink& robots_sink = {});

  // Safe from another thread and from a signal handler: what is in flight or still to come ends as
  // FetchFault::interrupted, now and in later calls of fetch_all().
  void interrupt() noexcept;

 private:
  struct State;
  explicit Fetcher(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace loccit
