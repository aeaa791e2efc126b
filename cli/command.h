// A command: its name, what it says of itself, the options it takes, and what it does.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "ci/outcome.h"
#include "cli/options.h"

namespace loccit {

// A call that ends before its job is done: why, for standard error, and with which exit code.
struct Stop {
  ExitCode code = ExitCode::unfinished;
  std::string message;
};
using CommandResult = tl::expected<ExitCode, Stop>;

inline tl::unexpected<Stop> misuse(std::string message) {
  return tl::unexpected<Stop>(Stop{ExitCode::misuse, std::move(message)});
}
inline tl::unexpected<Stop> unfinished(std::string message) {
  return tl::unexpected<Stop>(Stop{ExitCode::unfinished, std::move(message)});
}

struct Command {
  const char* name;
  const char* summary;  // one line for `loccit --help`
  const char* details;  // for its own --help, below the summary
  std::vector<OptionGroup> takes;
  CommandResult (*run)(const Options& options);
};

// All of them, in the order of `loccit --help`.
std::span<const Command* const> all_commands();

// One file each, cli/<name>.cpp; main.cpp has the table.
extern const Command check_command;
extern const Command extract_command;
extern const Command verify_command;
extern const Command seal_command;
extern const Command audit_command;
extern const Command archive_command;
extern const Command keygen_command;
extern const Command serve_command;
extern const Command demo_command;
extern const Command history_command;
extern const Command watch_command;
extern const Command config_command;
extern const Command accept_command;
extern const Command completion_command;
extern const Command man_command;
extern const Command worker_command;
extern const Command fleet_command;

}  // namespace loccit
