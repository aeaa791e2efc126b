// The options of a command, as CLI11 parses them and as help, man pages and completions tell them.
#pragma once

#include "cli/command.h"

namespace CLI {
class App;
}

namespace loccit {

void add_group(CLI::App& app, OptionGroup group, Options& options);

struct OptionText {
  std::vector<std::string> names;  // "-q", "--quiet"; none: positional
  std::string positional;
  bool takes_value = false, repeatable = false;
  std::string type, group, help, standard;
  std::vector<std::string> values() const;  // of a type like "day|week"; none: any
};
std::vector<OptionText> options_of(const Command& command);

}  // namespace loccit
