#include "checks/watch.h"

#include <algorithm>

#include "checks/batch.h"

namespace loccit {
namespace {

bool answered(const LinkFinding& link) {
  return link.status != 0 || link.state == LinkState::insecure;
}

// Nothing at all answered. Is it the web or is it us? Ask links that answered lately.
Result<bool> is_own_outage(Registry& registry, const WatchDesk& desk, const Report& report) {
  const auto mostly = registry.is_inconclusive(report);
  if (!mostly || *mostly) return mostly;
  std::size_t links = 0;
  for (const Verdict& verdict : report.verdicts) {
    for (const LinkFinding& link : verdict.links) {
      if (answered(link)) return false;
      if (link.state != LinkState::blocked) ++links;
    }
  }
  if (links == 0 || !desk.any_answers) return false;
  const auto urls = registry.control_urls(3);
  if (!urls) return tl::unexpected(urls.error());
  return !urls->empty() && !desk.any_answers(*urls);
}

Result<void> read_again(Registry& registry, const WatchDesk& desk, RoundOutcome& outcome) {
  const Timestamp now = desk.clock();
  const auto documents = registry.due(now, 100);
  if (!documents) return tl::unexpected(documents.error());
  for (const DocumentRow& row : *documents) {
    const auto document = desk.read(row.name);
    if (!document) {
      outcome.remarks.push_back(document.error().message + "; what " + row.name +
                                " cited when it was last read is looked at");
      if (const auto put = registry.put_off(row.name, now); !put)
        return tl::unexpected(put.error());
      continue;
    }
    const auto enrolled = registry.enroll(*document, row.name, now);
    if (!enrolled) return tl::unexpected(enrolled.error());
    ++outcome.read;
  }
  return {};
}

Result<void> look_at(Registry& registry, const WatchDesk& desk, const WatchOptions& options,
                     Look look, const std::vector<CitationRow>& citations, RoundOutcome& outcome) {
  if (citations.empty()) return {};
  const auto batch = make_batch(registry, citations, desk.clock(), outcome.remarks);
  if (!batch) return tl::unexpected(batch.error());
  if (batch->names.empty()) return {};
  const auto report = desk.check(batch->document, look);
  if (!report) return tl::unexpected(report.error());
  const auto ours = is_own_outage(registry, desk, *report);
  if (!ours) return tl::unexpected(ours.error());
  const auto transitions =
      record_batch(registry, *batch, *report,
                   {.look = look, .worker = "", .inconclusive = *ours, .rules = options.rules});
  if (!transitions) return tl::unexpected(transitions.error());
  outcome.looked_at += citations.size();
  outcome.inconclusive = outcome.inconclusive || *ours;
  outcome.transitions.insert(outcome.transitions.end(), transitions->begin(), transitions->end());
  if (!*ours) return {};
  outcome.remarks.push_back(
      "so many hosts failed at once that the fault seems to be on this side: nothing was counted, "
      "the next look is in an hour");
  return registry.put_off_all(desk.clock());
}

}  // namespace

Result<RoundOutcome> watch_round(Registry& registry, const WatchDesk& desk,
                                 const WatchOptions& options) {
  RoundOutcome outcome;
  if (const auto read = read_again(registry, desk, outcome); !read)
    return tl::unexpected(read.error());
  auto usual = registry.due_citations(desk.clock(), options.batch);
  if (!usual) return tl::unexpected(usual.error());
  // As the documents have them: that is the order in which changes are told.
  std::sort(usual->begin(), usual->end(),
            [](const CitationRow& a, const CitationRow& b) { return a.id < b.id; });
  std::vector<CitationRow> second;
  for (const CitationRow& row : *usual)
    if (row.confirming) second.push_back(row);
  std::erase_if(*usual, [](const CitationRow& row) { return row.confirming; });
  const auto looked = look_at(registry, desk, options, Look::usual, *usual, outcome).and_then([&] {
    return look_at(registry, desk, options, Look::second, second, outcome);
  });
  if (!looked) return tl::unexpected(looked.error());
  return outcome;
}

}  // namespace loccit
