// The settings that verdicts were made under, as a bundle keeps them for whoever makes the verdicts
// again.
#pragma once

#include "base/json.h"
#include "verifier/judge.h"

namespace loccit {

Json policy_to_json(const Policy& policy);
Policy policy_from_json(const Json& settings);  // what is missing or senseless is as by default

}  // namespace loccit
