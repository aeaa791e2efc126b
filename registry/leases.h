// What leases.cpp and its callers speak of.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "registry/rows.h"

namespace loccit {

// One host for one worker for a time, with what is due there. `fence` counts up with every lease
// of that host: who comes back with an older one is late, and what it found is history, not
// standing.
struct Lease {
  std::string host;
  std::int64_t fence = 0;
  std::vector<CitationRow> citations;
};

struct LeaseWish {
  std::size_t hosts = 16;
  std::size_t citations = 16;           // of each host
  std::chrono::seconds duration{1800};  // longer than the slowest check of that many
};

// A worker of the last day, since it started.
struct WorkerRow {
  std::string name;
  Timestamp started_at, last_result;
  std::int64_t checks = 0, outcomes = 0;
  std::int64_t late = 0;   // outcomes that came after their lease had gone to another
  std::int64_t hosts = 0;  // held now
};

struct FleetBacklog {
  std::int64_t due = 0;  // citations whose time has come
  std::optional<Timestamp> oldest;
};

}  // namespace loccit
