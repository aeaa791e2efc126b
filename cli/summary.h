// The report as a person reads it in a terminal: the worst first, then the counts.
#pragma once

#include <ostream>

#include "cli/options.h"
#include "cli/terminal.h"

namespace loccit {

// Telling::verbose shows as well the citations that are intact or have an excuse. The archive, and
// what to do next, are named at the end.
void print_summary(std::ostream& out, const Page& page, const Report& report,
                   const ReportContext& context, const Options& options);

}  // namespace loccit
