// The order in which a reader should see verdicts: the worst first.
#pragma once

#include <cstddef>
#include <vector>

#include "ci/baseline.h"

namespace loccit {

// 0 is the worst: words that now say something else; then other drift, rot, what could not be
// verified, and what is intact.
int severity_rank(const Verdict& verdict);

// Places in Report::verdicts, worst first, within one rank in document order; what is accepted
// comes just before what is intact.
std::vector<std::size_t> worst_first(const Report& report, const Comparison& comparison = {});

bool changes_meaning(const Verdict& verdict);

}  // namespace loccit
