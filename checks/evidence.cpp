#include "checks/evidence.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "checks/judging.h"
#include "checks/plan.h"

namespace loccit {
namespace {

// Stands in for the network: brings the snapshots as they were when the report was made, and notes
// which it brought.
class PastSupply {
 public:
  PastSupply(const Report& report, const Archive& archive, const Shelf& shelf)
      : archive_(archive),
        shelf_(shelf),
        from_(report.started_at),
        until_(report.finished_at + std::chrono::seconds(1)) {
    for (const Verdict& verdict : report.verdicts) {
      for (const LinkFinding& link : verdict.links) {
        if (link.snapshot) named_.insert(link.snapshot->id);
      }
    }
  }

  // That URL was skipped then: what the archive holds of it is of other checks. Believed only
  // where nothing was fetched of it in that time.
  void leave_out(const std::string& url) {
    const auto fetched_then = [&](const SnapshotRecord& record) {
      return record.fetched_at >= from_ && record.fetched_at < until_;
    };
    if (std::ranges::none_of(archive_.snapshots_of(url), fetched_then)) left_out_.insert(url);
  }

  Result<void> operator()(std::span<const std::string> urls, const Deliver& deliver) {
    for (std::size_t i = 0; i < urls.size(); ++i) {
      if (left_out_.contains(urls[i])) {
        if (!deliver(i, [] { return Result<Capture>(); })) break;
        continue;
      }
      const std::vector<SnapshotRecord> records = as_of_then(archive_.snapshots_of(urls[i]));
      Capture capture;
      if (!records.empty()) {
        auto newest = shelf_.load(records.back());
        if (!newest) return tl::unexpected(newest.error());
        note(records.back());
        capture.newest = std::move(*newest);
        const auto earlier = std::find_if(records.rbegin() + 1, records.rend(), answered);
        if (earlier != records.rend()) {
          note(*earlier);
          capture.earlier = *earlier;
        }
      }
      const auto shared = std::make_shared<Capture>(std::move(capture));
      if (!deliver(i, [shared]() -> Result<Capture> { return std::move(*shared); })) break;
    }
    return {};
  }

  std::vector<SnapshotRecord> take() { return std::move(used_); }

 private:
  // Up to the last one that the report names; where it names none, up to its end.
  std::vector<SnapshotRecord> as_of_then(std::vector<SnapshotRecord> records) const {
    const auto named = std::find_if(records.rbegin(), records.rend(), [&](const SnapshotRecord& r) {
      return named_.count(r.id) > 0;
    });
    if (named != records.rend()) {
      records.erase(named.base(), records.end());
    } else {
      std::erase_if(records, [&](const SnapshotRecord& r) { return r.fetched_at >= until_; });
    }
    return records;
  }

  void note(const SnapshotRecord& record) {
    if (noted_.insert(record.id).second) used_.push_back(record);
  }

  const Archive& archive_;
  const Shelf& shelf_;
  Timestamp from_, until_;
  std::set<std::string> named_, noted_, left_out_;
  std::vector<SnapshotRecord> used_;
};

// A link without any snapshot was not asked for; only the report knows why.
void leave_out_skipped(const Report& report, Plan& plan, PastSupply& supply) {
  for (std::size_t i = 0; i < std::min(plan.links.size(), report.verdicts.size()); ++i) {
    const std::vector<LinkFinding>& links = report.verdicts[i].links;
    for (std::size_t k = 0; k < std::min(links.size(), plan.links[i].size()); ++k) {
      if (links[k].snapshot || !links[k].error) continue;
      PlannedUrl& url = plan.urls[plan.links[i][k].url];
      url.skipped = *links[k].error;
      supply.leave_out(url.url);
    }
  }
}

// A verdict as the report gives it, but for where in which file the snapshots lie.
Json without_places(Json citation) {
  Json* links = nullptr;
  for (auto& [name, value] : *citation.as_object()) {
    if (name == "links") links = &value;
  }
  if (links == nullptr || links->as_array() == nullptr) return citation;
  for (Json& link : *links->as_array()) {
    if (link.as_object() == nullptr) continue;
    for (auto& [name, value] : *link.as_object()) {
      if ((name != "snapshot" && name != "alternate") || value.as_object() == nullptr) continue;
      std::erase_if(*value.as_object(), [](const Json::Member& m) {
        return m.first == "warc" || m.first == "offset" || m.first == "length";
      });
    }
  }
  return citation;
}

}  // namespace

Result<Evidence> gather_evidence(const Report& report, const Archive& archive,
                                 const Policy& policy) {
  Plan plan = plan_fetches(report.document);
  const Shelf shelf{[&](const SnapshotRecord& record) { return archive.get(record); }, {}};
  PastSupply supply(report, archive, shelf);
  leave_out_skipped(report, plan, supply);
  auto verdicts = judge_all(report.document, plan,
                            [&](auto urls, const auto& deliver) { return supply(urls, deliver); },
                            shelf, {.policy = policy});
  if (!verdicts) return tl::unexpected(verdicts.error());
  Evidence evidence{supply.take(), std::move(*verdicts)};
  std::sort(evidence.snapshots.begin(), evidence.snapshots.end(),
            [](const SnapshotRecord& a, const SnapshotRecord& b) {
              return std::tie(a.requested_url, a.fetched_at, a.id) <
                     std::tie(b.requested_url, b.fetched_at, b.id);
            });
  return evidence;
}

std::string first_difference(const Report& claimed, const std::vector<Verdict>& made) {
  if (claimed.verdicts.size() != made.size()) return "the report has another number of verdicts";
  Report other = claimed;
  other.verdicts = made;
  const Json a = report_to_json(claimed);
  const Json b = report_to_json(other);
  const Json::Array& left = *a.find("citations")->as_array();
  const Json::Array& right = *b.find("citations")->as_array();
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (without_places(left[i]) == without_places(right[i])) continue;
    const std::string id = claimed.verdicts[i].citation_id;
    const auto told = [](const Verdict& v) {
      return std::string(name(v.kind)) + " (quote " + name(v.quote.state) + ")";
    };
    if (told(claimed.verdicts[i]) != told(made[i])) {
      return id + ": the report says " + told(claimed.verdicts[i]) + ", the snapshots give " +
             told(made[i]);
    }
    return id + ": the report says " + told(claimed.verdicts[i]) +
           " as the snapshots do, but with other details";
  }
  return "";
}

}  // namespace loccit
