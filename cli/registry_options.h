// The options of the commands that use the registry; they would make command_line.cpp too long.
#pragma once

#include "cli/options.h"

namespace CLI {
class App;
}

namespace loccit {

void add_registry(CLI::App& app, Options& options);
void add_watching(CLI::App& app, Options& options);
void add_notifying(CLI::App& app, Options& options);
void add_working(CLI::App& app, Options& options);
void add_history(CLI::App& app, Options& options);

}  // namespace loccit
