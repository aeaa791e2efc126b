// The mark that a check leaves in its archive while it runs: the next check of the same URLs goes
// on where an interrupted one stopped.
#pragma once

#include <filesystem>
#include <optional>

#include "archive/archive.h"
#include "base/result.h"
#include "base/timestamp.h"
#include "checks/plan.h"

namespace loccit {

class UnfinishedCheck {
 public:
  // Finds the mark of an earlier check of this plan, or leaves one. A mark older than a day is too
  // old to go on from.
  static Result<UnfinishedCheck> begin(const Archive& archive, const Plan& plan, Timestamp now);

  // When the check began, be it in an earlier process.
  Timestamp started_at() const { return started_at_; }
  bool resumed() const { return resumed_; }

  // What the earlier process has already fetched of this URL, with what came before it.
  struct Fetched {
    SnapshotRecord newest;
    std::vector<SnapshotRecord> before;
  };
  std::optional<Fetched> fetched(const Archive& archive, const std::string& url) const;

  void finish() const;  // the mark goes

 private:
  UnfinishedCheck(std::filesystem::path file, Timestamp started_at, bool resumed)
      : file_(std::move(file)), started_at_(started_at), resumed_(resumed) {}

  std::filesystem::path file_;
  Timestamp started_at_;
  bool resumed_;
};

}  // namespace loccit
