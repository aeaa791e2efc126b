// What must stay in an archive, whatever its age.
#pragma once

#include <chrono>
#include <set>
#include <string>

#include "archive/archive.h"
#include "registry/registry.h"

namespace loccit {

// The ids of all snapshots that anything rests on: those that an outcome of the registry or a kept
// check (what a bundle is sealed from) names or was made with; whatever was fetched while a check
// ran (robots.txt, made-up addresses, pages in other languages); of every URL the newest, by which
// `verify` goes; and of each of these the answer before it, which drift is told against. A baseline
// (loccit.lock) accepts verdicts of such checks.
Result<std::set<std::string>> snapshots_to_keep(const Archive& archive, Registry& registry);

}  // namespace loccit
