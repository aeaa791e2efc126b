// argv to a command and its options.
#pragma once

#include <span>

#include "cli/command.h"

namespace loccit {

// An option as help, man pages and completions tell of it.
struct OptionText {
  std::vector<std::string> names;  // "-q", "--quiet"; none: positional
  std::string positional;
  bool takes_value = false, repeatable = false;
  std::string type, group, help, standard;
};
std::vector<OptionText> options_of(const Command& command);

struct Call {
  const Command* command = nullptr;
  Options options;
};

// What ends the call at once is a Stop: help and version with ExitCode::fine, a wrong call with
// ExitCode::misuse.
tl::expected<Call, Stop> parse_command_line(int argc, const char* const* argv,
                                            std::span<const Command* const> commands);

}  // namespace loccit
