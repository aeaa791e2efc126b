// One of many workers over a shared registry: leases hosts, looks at what is due there, brings the
// results back.
#pragma once

#include "checks/watch.h"
#include "registry/registry.h"

namespace loccit {

struct WorkerOptions {
  std::string name;  // of this worker, its alone
  LeaseWish wish;
  std::chrono::milliseconds delay{500};  // before these hosts are given to anybody again
  StandingRules rules;
  // Waits before results in hand, which the registry did not take, are brought once more; true: do
  // not, we are to end. Empty: never wait.
  std::function<bool(const Failure& failure, std::chrono::milliseconds time)> wait;
};

struct WorkerRound {
  std::size_t hosts = 0, citations = 0;
  std::size_t late = 0;  // hosts whose lease had gone to another before we were done
  std::vector<std::string> remarks;
};

// Leases once and works off what it got; nothing due: all zero. The leases are renewed while the
// check runs. Where it fails (it was interrupted, the archive is full), they are given back and the
// failure is returned; where the registry goes away, what was found is kept until it is back.
// `registry` is used by one other thread while desk.check runs.
Result<WorkerRound> worker_round(Registry& registry, const WatchDesk& desk,
                                 const WorkerOptions& options);

}  // namespace loccit
