// The report as a person reads it in a terminal: the worst first, then the counts.
#pragma once

#include <filesystem>
#include <ostream>

#include "cli/options.h"
#include "cli/terminal.h"
#include "manifests/report.h"

namespace loccit {

// Telling::verbose shows the intact citations as well. `archive` is named at the end.
void print_summary(std::ostream& out, const Page& page, const Report& report,
                   const std::filesystem::path& archive, Telling telling);

}  // namespace loccit
