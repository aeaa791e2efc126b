// loccit.toml meets the options of a command: what was not said on the command line is as there.
#pragma once

#include <span>

#include "cli/command.h"

namespace CLI {
class App;
}

namespace loccit {

// After `command` was parsed. `all` are the commands that read loccit.toml: a key that only another
// one of them knows is left alone, a key that none knows is a misuse with a suggestion. Fills
// options.settings and options.in_force, and lets the options' own callbacks set the rest.
tl::expected<void, Stop> apply_settings(CLI::App& command, std::span<const CLI::App* const> all,
                                        Options& options);

}  // namespace loccit
