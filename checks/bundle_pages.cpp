#include "checks/bundle_pages.h"

namespace loccit {

Result<std::vector<BundlePage>> pages_of(const std::vector<SnapshotRecord>& snapshots,
                                         const Archive& archive, const Policy& policy) {
  std::vector<BundlePage> pages;
  for (const SnapshotRecord& record : snapshots) {
    if (record.status == 0) continue;
    const auto snapshot = archive.get(record);
    if (!snapshot) return tl::unexpected(snapshot.error());
    const Reading reading = read_snapshot(*snapshot, policy);
    const Timestamp when = snapshot->exchange.hops.empty()
                               ? record.fetched_at
                               : snapshot->exchange.hops.back().started_at;
    pages.push_back(
        {record.id, record.final_url, reading.content.title, reading.content.text, when});
  }
  return pages;
}

}  // namespace loccit
