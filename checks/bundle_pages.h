// The pages of a bundle, as its snapshots give them: made once to seal, and again to audit.
#pragma once

#include <vector>

#include "archive/archive.h"
#include "manifests/warc_index.h"
#include "verifier/judge.h"

namespace loccit {

// In the order of the snapshots, without failed fetches.
Result<std::vector<BundlePage>> pages_of(const std::vector<SnapshotRecord>& snapshots,
                                         const Archive& archive, const Policy& policy);

}  // namespace loccit
