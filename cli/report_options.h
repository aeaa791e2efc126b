// The options of what is told: report files, standard output, the exit code.
#pragma once

#include "cli/options.h"

namespace CLI {
class App;
}

namespace loccit {

void add_report_files(CLI::App& app, Options& options);  // --json, --report
void add_format(CLI::App& app, Options& options);        // --format
void add_fail_on(CLI::App& app, Options& options);       // --fail-on
void add_telling(CLI::App& app, Options& options);       // --verbose, --quiet

}  // namespace loccit
