#include "checks/check.h"

#include <algorithm>
#include <memory>
#include <mutex>

#include "checks/judging.h"
#include "checks/plan.h"
#include "checks/unfinished.h"

namespace loccit {
namespace {

// The last of `records` (oldest first) that answered.
std::optional<SnapshotRecord> last_answer(std::span<const SnapshotRecord> records) {
  const auto last = std::find_if(records.rbegin(), records.rend(), answered);
  return last == records.rend() ? std::nullopt : std::optional(*last);
}

std::string reason_to_skip(const CheckOptions& options, const std::string& url) {
  return options.skip ? options.skip(url) : "";
}

Plan plan_check(const Document& document, const CheckOptions& options) {
  Plan plan = plan_fetches(document);
  for (PlannedUrl& url : plan.urls) url.skipped = reason_to_skip(options, url.url);
  return plan;
}

// One fetch of each URL, archived by the thread that reads it next.
class NetworkSupply {
 public:
  using Done = std::function<void(const SnapshotRecord&, bool resumed)>;
  NetworkSupply(Fetcher& fetcher, Archive& archive, const UnfinishedCheck& unfinished,
                const CheckOptions& options, Done done)
      : fetcher_(fetcher),
        archive_(archive),
        unfinished_(unfinished),
        options_(options),
        done_(std::move(done)) {}

  Result<void> operator()(std::span<const std::string> urls, const Deliver& deliver) {
    std::vector<FetchRequest> requests;
    std::vector<std::size_t> url_of;  // by request
    for (std::size_t i = 0; i < urls.size(); ++i) {
      if (!reason_to_skip(options_, urls[i]).empty()) {
        if (!deliver(i, [] { return Result<Capture>(); })) return {};
        continue;
      }
      if (auto fetched = unfinished_.fetched(archive_, urls[i])) {
        if (!deliver(i, take_up(*std::move(fetched), true))) return {};
        continue;
      }
      if (auto young = young_answer(urls[i])) {
        if (!deliver(i, take_up(*std::move(young), false))) return {};
        continue;
      }
      requests.push_back(request_for(urls[i]));
      url_of.push_back(i);
    }
    std::optional<Failure> failure;
    fetcher_.fetch_all(
        requests,
        [&](std::span<const std::size_t> answered_ones, Exchange exchange) {
          if (failure) return;
          if (was_interrupted(exchange)) {
            failure = Failure{FailureKind::cancelled, "the check was interrupted"};
            return;
          }
          const std::size_t i = url_of[answered_ones.front()];  // the plan holds no URL twice
          if (!deliver(i, keep(urls[i], std::move(exchange)))) fetcher_.interrupt();
        },
        [&](Exchange robots) {  // why a page was not asked for is evidence as well
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

  FetchRequest request_for(const std::string& url) const {
    FetchRequest request;
    request.url = url;
    const auto held = last_answer(archive_.snapshots_of(url));
    const auto validators = held ? archive_.validators_of(*held) : std::nullopt;
    if (!validators) return request;
    request.etag = validators->etag;
    request.last_modified = validators->last_modified;
    request.validated_url = validators->url;
    return request;
  }

  BringCapture keep(const std::string& url, Exchange exchange) {
    auto shared = std::make_shared<Exchange>(std::move(exchange));
    return [this, url, shared]() -> Result<Capture> {
      Capture capture;
      capture.earlier = last_answer(archive_.snapshots_of(url));
      const auto record = archive_.put(*shared);
      if (!record) return tl::unexpected(record.error());
      done_(*record, false);
      // "Not modified": what it says is in the archive.
      const bool unmodified = !shared->hops.empty() && shared->hops.back().status == 304;
      auto whole = unmodified ? archive_.get(*record) : fail(FailureKind::not_found, "");
      capture.newest = whole ? std::move(*whole) : Snapshot{*record, std::move(*shared)};
      return capture;
    };
  }

  // The newest snapshot, if it answered and is young enough to count as today's.
  std::optional<UnfinishedCheck::Fetched> young_answer(const std::string& url) const {
    if (options_.max_age <= std::chrono::seconds(0)) return std::nullopt;
    std::vector<SnapshotRecord> records = archive_.snapshots_of(url);
    if (records.empty() || !answered(records.back()) ||
        options_.clock() - records.back().fetched_at > options_.max_age)
      return std::nullopt;
    SnapshotRecord newest = std::move(records.back());
    records.pop_back();
    return UnfinishedCheck::Fetched{std::move(newest), std::move(records)};
  }

  BringCapture take_up(UnfinishedCheck::Fetched fetched, bool resumed) {
    return [this, resumed, fetched = std::move(fetched)]() -> Result<Capture> {
      auto newest = archive_.get(fetched.newest);
      if (!newest) return tl::unexpected(newest.error());
      done_(fetched.newest, resumed);
      return Capture{std::move(*newest), last_answer(fetched.before)};
    };
  }

  Fetcher& fetcher_;
  Archive& archive_;
  const UnfinishedCheck& unfinished_;
  const CheckOptions& options_;
  const Done done_;
};

Report begin(const Document& document, Timestamp started_at) {
  Report report;
  report.document = document;
  report.started_at = started_at;
  return report;
}

}  // namespace

Result<Report> check(const Document& document, Fetcher& fetcher, Archive& archive,
                     const CheckOptions& options, const ProgressSink& progress) {
  const Plan plan = plan_check(document, options);
  const auto unfinished = UnfinishedCheck::begin(archive, plan, options.clock());
  if (!unfinished) return tl::unexpected(unfinished.error());
  Report report = begin(document, unfinished->started_at());

  std::mutex telling;
  CheckProgress state;
  state.urls_total = plan.urls.size();
  state.citations_total = document.citations.size();
  const auto url_done = [&](const SnapshotRecord& record, bool resumed) {
    const std::lock_guard lock(telling);
    state.urls_total = std::max(state.urls_total, ++state.urls_done);
    if (resumed) ++state.urls_resumed;
    state.current = record.requested_url;
    state.archived = &record;
    if (progress) progress(state);
    state.archived = nullptr;
  };
  const auto judged = [&](std::size_t count) {
    const std::lock_guard lock(telling);
    state.citations_done = std::max(state.citations_done, count);
  };
  const Shelf shelf{[&](const SnapshotRecord& record) { return archive.get(record); },
                    [&](const SnapshotRecord& record, std::string_view text) {
                      return archive.put_text(record, text);
                    }};
  auto verdicts =
      judge_all(document, plan, NetworkSupply(fetcher, archive, *unfinished, options, url_done),
                shelf, {options.policy, options.threads, 64, judged});

  const auto synced = archive.sync();  // also what an interrupted check has fetched stays
  if (!verdicts) return tl::unexpected(verdicts.error());
  if (!synced) return tl::unexpected(synced.error());
  unfinished->finish();
  state.current.clear();
  if (progress) progress(state);
  report.verdicts = std::move(*verdicts);
  report.finished_at = options.clock();
  return report;
}

Result<Report> verify(const Document& document, const Archive& archive,
                      const CheckOptions& options) {
  Report report = begin(document, options.clock());
  const Plan plan = plan_check(document, options);
  const Shelf shelf{[&](const SnapshotRecord& record) { return archive.get(record); }, {}};
  const Supply from_archive = [&](std::span<const std::string> urls,
                                  const Deliver& deliver) -> Result<void> {
    for (std::size_t i = 0; i < urls.size(); ++i) {
      const BringCapture bring = [&shelf, records = archive.snapshots_of(urls[i]),
                                  skipped = !reason_to_skip(options, urls[i]).empty()] {
        Result<Capture> capture;
        if (records.empty() || skipped) return capture;
        auto newest = shelf.load(records.back());
        if (!newest) return Result<Capture>(tl::unexpected(newest.error()));
        capture->newest = std::move(*newest);
        capture->earlier = last_answer(std::span(records).first(records.size() - 1));
        return capture;
      };
      if (!deliver(i, bring)) break;
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
