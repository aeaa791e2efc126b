// The options of a check in a repository: what is checked, and what is known already.
#pragma once

#include "cli/options.h"

namespace CLI {
class App;
}

namespace loccit {

void add_choosing(CLI::App& app, Options& options);     // --since, --max-age
void add_archive_job(CLI::App& app, Options& options);  // ACTION, FILE…, --keep, --yes
void add_baseline(CLI::App& app, Options& options);     // --baseline
void add_confirmed(CLI::App& app, Options& options);    // --confirmed
void add_accepting(CLI::App& app, Options& options);    // ID…, --reason, --all, --prune, --check

}  // namespace loccit
