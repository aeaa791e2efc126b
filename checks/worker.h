// One of many workers over a shared registry: leases hosts, looks at what is due there, brings the
// results back.
#pragma once

#include "checks/watch.h"
#include "registry/registry.h"

namespace loccit {

struct WorkerOptions {
  std::string name;  // of this worker, its alone
  LeaseWish wish;
  std::chrono::milliseconds delay{500};  // before that host is given to anybody again
  StandingRules rules;
};

struct WorkerRound {
  std::size_t hosts = 0, citations = 0;
  std::size_t late = 0;  // hosts whose lease had gone to another before we were done
  std::vector<std::string> remarks;
};

// Leases once and works off what it got; nothing due: all zero. Where the check fails (it was
// interrupted, the archive is full), the leases are given back and the failure is returned.
Result<WorkerRound> worker_round(Registry& registry, const WatchDesk& desk,
                                 const WorkerOptions& options);

}  // namespace loccit
