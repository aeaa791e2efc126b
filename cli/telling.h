// What check, verify and demo tell when they are done.
#pragma once

#include "ci/reports.h"
#include "cli/command.h"

namespace loccit {

// Writes the report's files, prints the summary, and gives the exit code that --fail-on asks for.
CommandResult tell(const Report& report, const Options& options, const ReportContext& context = {});

}  // namespace loccit
