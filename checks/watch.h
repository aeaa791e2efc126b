// The next check: what is due is looked at, round by round. Knows neither the clock nor the
// network: both are passed in.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "manifests/report.h"
#include "registry/registry.h"

namespace loccit {

// What a watch works with.
struct WatchDesk {
  Clock clock = system_clock();
  // The document as it reads now; a failure leaves it as it was last read.
  std::function<Result<Document>(const std::string& name)> read;
  std::function<Result<Report>(const Document& document, Look look)> check;
  // Whether any of these URLs, which answered before, still answers.
  std::function<bool(const std::vector<std::string>& urls)> any_answers;
};

struct WatchOptions {
  std::size_t batch = 500;  // citations looked at in one round, so that no round takes for ever
  StandingRules rules;
};

struct RoundOutcome {
  std::size_t read = 0;       // documents read again
  std::size_t looked_at = 0;  // citations
  bool inconclusive = false;  // our own outage, as it seems: nothing was counted
  std::vector<TransitionRow> transitions;
  std::vector<std::string> remarks;  // what a person should know
};

// What is due at desk.clock(), once, however long ago it became so. Citations whose failures have
// been counted are given their second look in a round of its own.
Result<RoundOutcome> watch_round(Registry& registry, const WatchDesk& desk,
                                 const WatchOptions& options = {});

}  // namespace loccit
