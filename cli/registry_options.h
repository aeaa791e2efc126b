// The options of the commands that work on the registry.
#pragma once

#include "cli/options.h"

namespace CLI {
class App;
}

namespace loccit {

void add_registry(CLI::App& app, Options& options);
void add_rhythm(CLI::App& app, Options& options);    // --every
void add_watching(CLI::App& app, Options& options);  // [INPUT…], --citation, --forget, --once
void add_notifying(CLI::App& app, Options& options);
void add_slots(CLI::App& app, Options& options);    // --slots
void add_working(CLI::App& app, Options& options);  // --name, --once
void add_history(CLI::App& app, Options& options);
void add_serving(CLI::App& app, Options& options);

}  // namespace loccit
