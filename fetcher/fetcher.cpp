#include "fetcher/fetcher.h"

#include <algorithm>

#include <sys/resource.h>

#include "fetcher/fetch_run.h"

namespace loccit {
namespace {

void start_curl_once() {
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (code != CURLE_OK) throw std::runtime_error("libcurl cannot be started");
}

// HOST1:PORT1:HOST2:PORT2, each part possibly empty, IPv6 hosts in brackets.
bool is_connect_to(std::string_view text) {
  for (int part = 0; part < 4; ++part) {
    if (!text.empty() && text.front() == '[') {
      const std::size_t bracket = text.find(']');
      if (bracket == std::string_view::npos) return false;
      text.remove_prefix(bracket + 1);
      if (part % 2 != 0) return false;
    }
    const std::size_t colon = text.find(':');
    const std::string_view value = text.substr(0, colon);
    if (part % 2 == 1 && value.find_first_not_of("0123456789") != std::string_view::npos)
      return false;
    if (part == 3) return colon == std::string_view::npos;
    if (colon == std::string_view::npos) return false;
    text.remove_prefix(colon + 1);
  }
  return false;
}

Result<void> check_numbers(const FetchOptions& options) {
  if (options.concurrency < 1 || options.per_host < 1) {
    return fail(FailureKind::malformed,
                "at least one fetch must be allowed at once, in all and per host");
  }
  if (options.max_redirects < 0 || options.retries < 0 || options.delay.count() < 0) {
    return fail(FailureKind::malformed, "redirects, retries and delay cannot be negative");
  }
  if (options.timeout.count() < 1)
    return fail(FailureKind::malformed, "the timeout must be longer than nothing");
  const std::string who = options.user_agent + options.contact + options.accept_language;
  if (who.find_first_of("\r\n") != std::string::npos || who.find('\0') != std::string::npos) {
    return fail(FailureKind::malformed, "user agent, contact and languages must be one line each");
  }
  return {};
}

// Connections kept for the next request to their host; no more than a quarter of the files that we
// may open.
long connections_to_keep(const FetchOptions& options) {
  rlimit files{};
  const long open_files = ::getrlimit(RLIMIT_NOFILE, &files) == 0
                              ? static_cast<long>(std::min<rlim_t>(files.rlim_cur, 1U << 16U))
                              : 1024;
  return std::clamp(options.concurrency * 4L, 16L, std::max(16L, open_files / 4));
}

}  // namespace

struct Fetcher::State {
  FetchContext context;
};

Fetcher::Fetcher(std::unique_ptr<State> state) : state_(std::move(state)) {}
Fetcher::~Fetcher() = default;
Fetcher::Fetcher(Fetcher&&) noexcept = default;
Fetcher& Fetcher::operator=(Fetcher&&) noexcept = default;

Result<Fetcher> Fetcher::create(FetchOptions options, Clock clock) {
  start_curl_once();
  if (auto good = check_numbers(options); !good) return tl::unexpected(good.error());
  auto guard = AddressGuard::letting_through(options.allow_net);
  if (!guard) return tl::unexpected(guard.error());
  ExtraRoots roots;
  if (!options.ca_file.empty()) {
    auto read = ExtraRoots::from_file(options.ca_file);
    if (!read) return tl::unexpected(read.error());
    roots = *std::move(read);
  }
  StringList connect_to;
  for (const std::string& entry : options.connect_to) {
    if (!is_connect_to(entry)) {
      return fail(FailureKind::malformed,
                  "\"" + entry + "\" is not of the form HOST1:PORT1:HOST2:PORT2");
    }
    append(connect_to, entry);
  }
  const long connections = connections_to_keep(options);
  const Proxies proxies = options.use_proxies ? proxies_of_environment() : Proxies();
  return Fetcher(
      std::unique_ptr<State>(new State{{{std::move(options), *std::move(guard), std::move(roots),
                                         std::move(connect_to), proxies, std::move(clock)},
                                        EventLoop(connections),
                                        RobotsBook(),
                                        false}}));
}

void Fetcher::fetch_all(std::span<const FetchRequest> requests, const FetchSink& sink,
                        const RobotsSink& robots_sink) {
  FetchRun(state_->context, requests, sink, robots_sink).run();
}

void Fetcher::interrupt() noexcept {
  state_->context.interrupted = true;
  state_->context.loop.wake();
}

}  // namespace loccit
