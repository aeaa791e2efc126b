#include "cli/looking.h"

#include <iostream>

#include "archive/archive.h"
#include "checks/check.h"
#include "cli/check_settings.h"
#include "cli/opening.h"

namespace loccit {
namespace {

// The second look shares nothing with the first that could be to blame for it: new connections and
// name lookups (each look has a fetcher of its own), HTTP/1.1, another preference of language,
// more patience.
FetchOptions fetch_options(FetchOptions options, Look how) {
  if (how == Look::usual) return options;
  options.http2 = false;
  options.accept_language = "*";
  options.retries = std::max(options.retries, 3);
  options.timeout *= 2;
  return options;
}

class Interruptible {
 public:
  Interruptible(StopSignal& stop, Fetcher& fetcher) : stop_(stop) { stop_.interrupts(&fetcher); }
  ~Interruptible() { stop_.interrupts(nullptr); }
  Interruptible(const Interruptible&) = delete;
  Interruptible& operator=(const Interruptible&) = delete;

 private:
  StopSignal& stop_;
};

// What is in the registry must be in the store: other machines look for it there. A store that is
// away is waited for; meanwhile nothing more is fetched.
Result<void> publish(Archive& archive, const Options& options, const StopSignal& stop) {
  std::chrono::milliseconds pause{1000};
  for (;;) {
    auto published = archive.publish();
    if (published || options.watch.once || published.error().kind != FailureKind::io)
      return published;
    if (options.telling != Telling::quiet)
      std::cerr << "loccit: " << published.error().message
                << "; what was fetched is kept here, trying again in " << pause.count() / 1000
                << " s\n";
    if (stop.wait(pause)) return published;
    pause = std::min(pause * 2, std::chrono::milliseconds(60'000));
  }
}

}  // namespace

Result<Report> look(const Document& document, Look how, const Options& options, StopSignal& stop) {
  auto fetcher = Fetcher::create(fetch_options(options.fetch, how), system_clock());
  if (!fetcher) return tl::unexpected(fetcher.error());
  auto how_kept = archive_options(options);
  if (!how_kept) return tl::unexpected(how_kept.error());
  auto archive = Archive::open(archive_folder(options), ArchiveMode::write, std::move(*how_kept));
  if (!archive) return tl::unexpected(archive.error());
  const Interruptible guard(stop, *fetcher);
  auto report = check(document, *fetcher, *archive, check_options(options));
  if (const auto published = publish(*archive, options, stop); report && !published)
    return tl::unexpected(published.error());
  return report;
}

bool any_answers(const std::vector<std::string>& urls, const Options& options, StopSignal& stop) {
  auto fetcher = Fetcher::create(options.fetch, system_clock());
  if (!fetcher) return false;
  std::vector<FetchRequest> requests;
  for (const std::string& url : urls) requests.push_back({url, "", "", ""});
  bool answered = false;
  const Interruptible guard(stop, *fetcher);
  fetcher->fetch_all(requests, [&](auto, const Exchange& exchange) {
    for (const Hop& hop : exchange.hops) answered = answered || hop.status != 0;
  });
  return answered;
}

}  // namespace loccit
