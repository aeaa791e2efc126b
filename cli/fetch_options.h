// The options of fetching: --connect-to … --user-agent.
#pragma once

#include "cli/options.h"

namespace CLI {
class App;
}

namespace loccit {

void add_fetching(CLI::App& app, Options& options);

}  // namespace loccit
