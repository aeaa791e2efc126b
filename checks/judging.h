// From captures to verdicts: every snapshot is read once, every citation judged as soon as all of
// its links are read.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "archive/snapshot.h"
#include "base/result.h"
#include "checks/plan.h"
#include "verifier/judge.h"

namespace loccit {

struct Capture {
  std::optional<Snapshot> newest;         // nullopt: this URL was never captured
  std::optional<SnapshotRecord> earlier;  // the last one before it that answered, for drift
};

// Called on a reading thread: archiving and unpacking are work for many hands.
using BringCapture = std::function<Result<Capture>()>;

// Brings a capture of each URL, in any order. Delivering waits while reading cannot follow; false
// means: stop, it failed.
using Deliver = std::function<bool(std::size_t url, BringCapture bring)>;
using Supply =
    std::function<Result<void>(std::span<const std::string> urls, const Deliver& deliver)>;

// The archive as the reading threads use it. Both are called from several threads.
struct Shelf {
  std::function<Result<Snapshot>(const SnapshotRecord&)> load;
  std::function<Result<void>(const SnapshotRecord&, std::string_view text)>
      keep_text;  // may be empty
};

struct JudgingOptions {
  Policy policy;
  unsigned threads = 0;           // 0: as many as the machine has
  std::size_t queue_length = 64;  // snapshots that wait to be read
  std::function<void(std::size_t citations_judged)>
      judged;  // called from several threads; may be empty
};

// Verdicts in the order of the citations. A second round of `supply` brings what the first verdicts
// leave to ask: pages in the quote's language, and what sites show for made-up addresses. Fails
// with what the supply or the shelf failed with.
Result<std::vector<Verdict>> judge_all(const Document& document, const Plan& plan,
                                       const Supply& supply, const Shelf& shelf,
                                       const JudgingOptions& options);

}  // namespace loccit
