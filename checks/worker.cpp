#include "checks/worker.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "checks/batch.h"
#include "checks/combine.h"

namespace loccit {
namespace {

// Keeps leases for as long as it lives.
class Renewal {
 public:
  Renewal(Registry& registry, const std::vector<Lease>& leases, std::chrono::seconds duration,
          const Clock& clock)
      : thread_([&registry, &leases, duration, &clock](const std::stop_token& stop) {
          std::mutex mutex;
          std::condition_variable_any waking;
          std::unique_lock lock(mutex);
          const auto pause = std::chrono::milliseconds(duration) / 3;
          while (!waking.wait_for(lock, stop, pause, [&] { return stop.stop_requested(); })) {
            // Out of reach: the next time may do, and else finish() learns that we are late.
            static_cast<void>(registry.renew(leases, clock() + duration));
          }
        }) {}

 private:
  std::jthread thread_;
};

// What may pass by itself: the database is away, full, or wanted by too many.
bool may_pass(FailureKind kind) {
  return kind == FailureKind::io || kind == FailureKind::full || kind == FailureKind::refused ||
         kind == FailureKind::conflict;
}

Result<std::size_t> store(Registry& registry, const std::vector<Lease>& leases, const Batch& batch,
                          const Report& report, const RecordOptions& options, Timestamp next_at) {
  const auto ours = registry.is_inconclusive(report);
  if (!ours) return tl::unexpected(ours.error());
  std::vector<Report> reports = take_apart(report);
  std::vector<std::pair<Report, RecordOptions>> results;
  for (std::size_t i = 0; i < reports.size() && i < batch.names.size(); ++i) {
    results.emplace_back(std::move(reports[i]), options);
    results.back().second.document_name = batch.names[i];
    results.back().second.inconclusive = *ours;
  }
  return registry.finish(leases, results, next_at);
}

// Of how many leases the results came too late.
Result<std::size_t> bring_back(Registry& registry, const std::vector<Lease>& leases,
                               const Batch& batch, const Report& report,
                               const RecordOptions& record, const Clock& clock,
                               const WorkerOptions& options) {
  std::chrono::milliseconds pause{1000};
  for (;;) {
    auto late = store(registry, leases, batch, report, record, clock() + options.delay);
    if (late || !may_pass(late.error().kind) || !options.wait) return late;
    if (options.wait(late.error(), pause)) return late;
    pause = std::min(pause * 2, std::chrono::milliseconds(60'000));
  }
}

// All usual looks or all second ones, since these are made in another way.
std::vector<CitationRow> of_one_kind(const std::vector<Lease>& leases, Look& look) {
  std::vector<CitationRow> citations;
  for (const Lease& lease : leases)
    citations.insert(citations.end(), lease.citations.begin(), lease.citations.end());
  if (citations.empty()) return citations;
  const bool second = citations.front().confirming;
  look = second ? Look::second : Look::usual;
  std::erase_if(citations, [&](const CitationRow& row) { return row.confirming != second; });
  return citations;
}

}  // namespace

Result<WorkerRound> worker_round(Registry& registry, const WatchDesk& desk,
                                 const WorkerOptions& options) {
  WorkerRound round;
  const auto leases = registry.lease(options.name, options.wish, desk.clock());
  if (!leases) return tl::unexpected(leases.error());
  Look look = Look::usual;
  const std::vector<CitationRow> citations = of_one_kind(*leases, look);
  if (citations.empty()) return round;
  // Leases that cannot be given back (the database is away) run out by themselves.
  const auto give_back = [&] {
    static_cast<void>(registry.give_back(*leases, desk.clock() + options.delay));
  };
  const auto batch = make_batch(registry, citations, desk.clock(), round.remarks);
  if (!batch || batch->names.empty()) {
    give_back();
    if (!batch) return tl::unexpected(batch.error());
    return round;
  }
  auto report = [&] {
    const Renewal renewal(registry, *leases, options.wish.duration, desk.clock);
    return desk.check(batch->document, look);
  }();
  if (!report) {
    give_back();
    return tl::unexpected(report.error());
  }
  RecordOptions record;
  record.scope = Scope::part;
  record.look = look;
  record.worker = options.name;
  record.rules = options.rules;
  const auto late = bring_back(registry, *leases, *batch, *report, record, desk.clock, options);
  if (!late) {
    give_back();
    return tl::unexpected(late.error());
  }
  round.hosts = leases->size();
  round.citations = citations.size();
  round.late = *late;
  return round;
}

}  // namespace loccit
