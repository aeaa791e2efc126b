#include "checks/check.h"

#include <atomic>
#include <mutex>
#include <ranges>

#include "checks/judging.h"
#include "checks/plan.h"

namespace loccit {
namespace {

bool answered(const SnapshotRecord& record) { return record.status >= 200 && record.status < 300; }

// The last of `records` (oldest first) that answered.
std::optional<SnapshotRecord> last_answer(std::span<const SnapshotRecord> records) {
  for (const SnapshotRecord& record : records | std::views::reverse) {
    if (answered(record)) return record;
  }
  return std::nullopt;
}

// One fetch of each URL: into the archive first, then on to be judged.
class NetworkSupply {
 public:
  NetworkSupply(Fetcher& fetcher, Archive& archive, std::mutex& door,
                const std::function<void(const std::string&)>& done)
      : fetcher_(fetcher), archive_(archive), door_(door), done_(done) {}

  Result<void> operator()(std::span<const std::string> urls, const Deliver& deliver) {
    std::vector<FetchRequest> requests;
    for (const std::string& url : urls) requests.push_back({url, "", "", ""});
    std::optional<Failure> failure;
    fetcher_.fetch_all(
        requests,
        [&](std::span<const std::size_t> answered_ones, Exchange exchange) {
          const std::size_t i = answered_ones.front();  // the plan holds no URL twice
          if (failure) return;
          if (was_interrupted(exchange)) {
            failure = Failure{FailureKind::cancelled, "the check was interrupted"};
            return;
          }
          auto capture = keep(urls[i], std::move(exchange));
          if (!capture) failure = capture.error();
          const bool go_on = capture && deliver(i, std::move(*capture));
          if (!go_on) fetcher_.interrupt();
          done_(urls[i]);
        },
        [&](Exchange robots) {  // why a page was not asked for is evidence as well
          const std::lock_guard lock(door_);
          const auto kept = archive_.put(robots);
          if (!kept && !failure) failure = kept.error();
        });
    if (failure) return tl::unexpected(*failure);
    return {};
  }

 private:
  static bool was_interrupted(const Exchange& exchange) {
    return exchange.failure && exchange.failure->fault == FetchFault::interrupted;
  }

  Result<Capture> keep(const std::string& url, Exchange exchange) {
    const std::lock_guard lock(door_);
    Capture capture;
    capture.earlier = last_answer(archive_.snapshots_of(url));
    auto record = archive_.put(exchange);
    if (!record) return tl::unexpected(record.error());
    capture.newest = Snapshot{std::move(*record), std::move(exchange)};
    return capture;
  }

  Fetcher& fetcher_;
  Archive& archive_;
  std::mutex& door_;
  const std::function<void(const std::string&)>& done_;
};

Report begin(const Document& document, const CheckOptions& options) {
  Report report;
  report.document = document;
  report.started_at = options.clock();
  return report;
}

}  // namespace

Result<Report> check(const Document& document, Fetcher& fetcher, Archive& archive,
                     const CheckOptions& options, const ProgressSink& progress) {
  Report report = begin(document, options);
  const Plan plan = plan_fetches(document);

  CheckProgress state{0, plan.urls.size(), 0, document.citations.size(), ""};
  std::atomic<std::size_t> judged = 0;
  const auto tell = [&](const std::string& url) {
    state.current = url;
    state.citations_done = judged;
    if (progress) progress(state);
  };
  const std::function<void(const std::string&)> url_done = [&](const std::string& url) {
    state.urls_total = std::max(state.urls_total, ++state.urls_done);
    tell(url);
  };

  std::mutex door;  // the archive has one user at a time: the fetching thread, or one that reads
  const Shelf shelf{[&](const SnapshotRecord& record) {
                      const std::lock_guard lock(door);
                      return archive.get(record);
                    },
                    [&](const SnapshotRecord& record, std::string_view text) {
                      const std::lock_guard lock(door);
                      return archive.put_text(record, text);
                    }};
  auto verdicts =
      judge_all(document, plan, NetworkSupply(fetcher, archive, door, url_done), shelf,
                {options.policy, options.threads, 64, [&](std::size_t count) { judged = count; }});

  const auto synced = archive.sync();  // also what an interrupted check has fetched stays
  if (!verdicts) return tl::unexpected(verdicts.error());
  if (!synced) return tl::unexpected(synced.error());
  tell("");
  report.verdicts = std::move(*verdicts);
  report.finished_at = options.clock();
  return report;
}

Result<Report> verify(const Document& document, const Archive& archive,
                      const CheckOptions& options) {
  Report report = begin(document, options);
  const Plan plan = plan_fetches(document);
  std::mutex door;
  const Shelf shelf{[&](const SnapshotRecord& record) {
                      const std::lock_guard lock(door);
                      return archive.get(record);
                    },
                    {}};
  const Supply from_archive = [&](std::span<const std::string> urls,
                                  const Deliver& deliver) -> Result<void> {
    for (std::size_t i = 0; i < urls.size(); ++i) {
      const std::vector<SnapshotRecord> records = archive.snapshots_of(urls[i]);
      Capture capture;
      if (!records.empty()) {
        auto newest = shelf.load(records.back());
        if (!newest) return tl::unexpected(newest.error());
        capture.newest = std::move(*newest);
        capture.earlier = last_answer(std::span(records).first(records.size() - 1));
      }
      if (!deliver(i, std::move(capture))) break;
    }
    return {};
  };
  auto verdicts =
      judge_all(document, plan, from_archive, shelf, {options.policy, options.threads, 64, {}});
  if (!verdicts) return tl::unexpected(verdicts.error());
  report.verdicts = std::move(*verdicts);
  report.finished_at = options.clock();
  return report;
}

}  // namespace loccit
