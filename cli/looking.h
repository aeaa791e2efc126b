// How watch and worker look at sources: with the fetcher and the archive that the options ask for.
#pragma once

#include "checks/watch.h"
#include "cli/command.h"
#include "cli/stop_signal.h"

namespace loccit {

// Opens the archive for this check only, so that another loccit may write to it in between.
Result<Report> look(const Document& document, Look how, const Options& options, StopSignal& stop);

// Whether one of the URLs answers; nothing is archived.
bool any_answers(const std::vector<std::string>& urls, const Options& options, StopSignal& stop);

}  // namespace loccit
