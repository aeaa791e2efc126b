// The options of fetching: --connect-to … --user-agent.
#pragma once

#include "fetcher/fetcher.h"

namespace CLI {
class App;
}

namespace loccit {

void add_fetching(CLI::App& app, FetchOptions& fetch);

}  // namespace loccit
