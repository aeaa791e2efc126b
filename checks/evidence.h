// What a report rests on: exactly the snapshots that its verdicts need, found by making the
// verdicts once more.
#pragma once

#include <vector>

#include "archive/archive.h"
#include "base/result.h"
#include "manifests/report.h"
#include "verifier/judge.h"

namespace loccit {

struct Evidence {
  std::vector<SnapshotRecord>
      snapshots;  // each once: cited pages, what drift was told against, pages in other languages
  std::vector<Verdict> verdicts;  // as made now
};

// From the snapshots that the report names, or those that were the newest when it was finished.
Result<Evidence> gather_evidence(const Report& report, const Archive& archive,
                                 const Policy& policy);

// The first citation on which two reports differ, in words; "" where they agree. Where snapshots
// lie does not count.
std::string first_difference(const Report& claimed, const std::vector<Verdict>& made);

}  // namespace loccit
