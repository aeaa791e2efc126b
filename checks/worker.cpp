#include "checks/worker.h"

#include <algorithm>
#include <set>

#include "checks/batch.h"
#include "checks/combine.h"

namespace loccit {
namespace {

void give_all_back(Registry& registry, const std::vector<Lease>& leases, Timestamp now) {
  // One that cannot be given back (the database is away) runs out by itself.
  for (const Lease& lease : leases) static_cast<void>(registry.give_back(lease, now));
}

// Of what a check of many hosts found, what belongs to this lease, each document by itself.
std::vector<std::pair<Report, RecordOptions>> results_of(const Lease& lease, const Batch& batch,
                                                         const std::vector<Report>& reports,
                                                         const RecordOptions& options) {
  std::set<std::pair<std::string, std::string>> wanted;
  for (const CitationRow& row : lease.citations) wanted.emplace(row.document, row.label);
  std::vector<std::pair<Report, RecordOptions>> results;
  for (std::size_t i = 0; i < reports.size() && i < batch.names.size(); ++i) {
    Report own = reports[i];
    own.document.citations.clear();
    own.verdicts.clear();
    for (std::size_t c = 0; c < reports[i].verdicts.size(); ++c) {
      const Citation& citation = reports[i].document.citations[c];
      if (!wanted.contains({batch.names[i], citation.id})) continue;
      own.document.citations.push_back(citation);
      own.verdicts.push_back(reports[i].verdicts[c]);
    }
    if (own.verdicts.empty()) continue;
    results.emplace_back(std::move(own), options);
    results.back().second.document_name = batch.names[i];
  }
  return results;
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
  const auto batch = make_batch(registry, citations, desk.clock(), round.remarks);
  if (!batch) return tl::unexpected(batch.error());
  if (batch->names.empty()) {
    give_all_back(registry, *leases, desk.clock());
    return round;
  }
  const auto report = desk.check(batch->document, look);
  const auto ours = report ? registry.is_inconclusive(*report) : Result<bool>(false);
  if (!report || !ours) {
    give_all_back(registry, *leases, desk.clock());
    return tl::unexpected(report ? ours.error() : report.error());
  }
  RecordOptions record;
  record.scope = Scope::part;
  record.look = look;
  record.worker = options.name;
  record.inconclusive = *ours;
  record.rules = options.rules;
  const std::vector<Report> reports = take_apart(*report);
  for (const Lease& lease : *leases) {
    const auto counted = registry.finish(lease, results_of(lease, *batch, reports, record),
                                         desk.clock() + options.delay);
    if (!counted) return tl::unexpected(counted.error());
    ++round.hosts;
    if (!*counted) ++round.late;
  }
  round.citations = citations.size();
  return round;
}

}  // namespace loccit
