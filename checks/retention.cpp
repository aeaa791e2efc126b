#include "checks/retention.h"

#include <algorithm>
#include <map>

#include "checks/evidence.h"
#include "checks/policy_settings.h"
#include "manifests/check_record.h"

namespace loccit {
namespace {

// The times in which checks ran, as one sorted list without overlaps.
class CheckTimes {
 public:
  explicit CheckTimes(std::vector<Registry::Span> spans) {
    std::sort(spans.begin(), spans.end(),
              [](const auto& a, const auto& b) { return a.from < b.from; });
    for (const Registry::Span& span : spans) {
      // Ids and files hold whole seconds: a second on both sides is theirs.
      const Registry::Span wide{span.from - second, span.until + second};
      if (!spans_.empty() && wide.from <= spans_.back().until)
        spans_.back().until = std::max(spans_.back().until, wide.until);
      else
        spans_.push_back(wide);
    }
  }

  bool contain(Timestamp time) const {
    const auto after =
        std::upper_bound(spans_.begin(), spans_.end(), time,
                         [](Timestamp at, const Registry::Span& span) { return at < span.from; });
    return after != spans_.begin() && time <= std::prev(after)->until;
  }

 private:
  static constexpr std::chrono::seconds second{1};
  std::vector<Registry::Span> spans_;
};

}  // namespace

Result<std::set<std::string>> snapshots_to_keep(const Archive& archive, Registry& registry) {
  const auto named = registry.snapshots_named();
  if (!named) return named;
  std::set<std::string> kept;
  auto spans = registry.check_spans();
  if (!spans) return tl::unexpected(spans.error());
  for (const std::string& id : kept_checks(archive.folder())) {
    const auto check = read_check(archive.folder(), id);
    if (!check) return tl::unexpected(check.error());
    spans->push_back({check->report.started_at, check->report.finished_at});
    const auto evidence =
        gather_evidence(check->report, archive, policy_from_json(check->settings));
    if (!evidence) return tl::unexpected(evidence.error());
    for (const SnapshotRecord& snapshot : evidence->snapshots) kept.insert(snapshot.id);
  }
  const CheckTimes times(std::move(*spans));
  std::map<std::string, std::vector<SnapshotRecord>> by_url;  // oldest first
  for (SnapshotRecord& record : archive.all()) by_url[record.requested_url].push_back(record);
  for (const auto& [url, records] : by_url) {
    bool answer_before_wanted = false;  // by a later one that a verdict was made on
    for (auto record = records.rbegin(); record != records.rend(); ++record) {
      const bool judged = record == records.rbegin() || named->contains(record->id) ||
                          times.contain(record->fetched_at);
      if (judged || (answer_before_wanted && answered(*record))) kept.insert(record->id);
      answer_before_wanted = judged || (answer_before_wanted && !answered(*record));
    }
  }
  kept.insert(named->begin(), named->end());
  return kept;
}

}  // namespace loccit
