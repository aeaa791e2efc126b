// What a check's reports say besides its verdicts: the baseline, and what the registry remembers.
#pragma once

#include "ci/reports.h"
#include "cli/command.h"
#include "registry/registry.h"

namespace loccit {

// The earlier checks, before this one is recorded.
void remember_earlier(Registry& registry, const Report& report, const Options& options,
                      ReportContext& context);

// Which verdicts history does not bear out yet, after this check was recorded.
Result<void> mark_unconfirmed(Registry& registry, const Report& report, const Options& options,
                              ReportContext& context);

}  // namespace loccit
