// argv to a command and its options.
#pragma once

#include <span>

#include "cli/command.h"

namespace loccit {

struct Call {
  const Command* command = nullptr;
  Options options;
};

// What ends the call at once is a Stop: help and version with ExitCode::fine, a wrong call with
// ExitCode::misuse.
tl::expected<Call, Stop> parse_command_line(int argc, const char* const* argv,
                                            std::span<const Command* const> commands);

}  // namespace loccit
