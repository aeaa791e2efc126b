// loccit.lock where a command finds and leaves it.
#pragma once

#include "ci/baseline.h"
#include "cli/command.h"

namespace loccit {

std::string baseline_path(const Options& options);

// nullopt: there is none, and none was named. One that was named has to be there.
tl::expected<std::optional<Baseline>, Stop> read_baseline(const Options& options);

}  // namespace loccit
