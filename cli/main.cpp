#include <array>
#include <exception>
#include <iostream>

#include "cli/command_line.h"

namespace loccit {
namespace {

constexpr std::array commands = {
    &check_command,      &extract_command, &verify_command, &seal_command,   &audit_command,
    &archive_command,    &history_command, &watch_command,  &worker_command, &fleet_command,
    &keygen_command,     &serve_command,   &demo_command,   &config_command, &accept_command,
    &completion_command, &man_command,
};

int run(int argc, const char* const* argv) {
  const auto call = parse_command_line(argc, argv, commands);
  if (!call && call.error().code == ExitCode::fine) {
    std::cout << call.error().message << '\n';
    return 0;
  }
  const CommandResult result =
      call ? call->command->run(call->options) : tl::unexpected(call.error());
  if (result) return static_cast<int>(*result);
  std::cerr << "loccit: " << result.error().message << '\n';
  return static_cast<int>(result.error().code);
}

}  // namespace

std::span<const Command* const> all_commands() { return commands; }

}  // namespace loccit

int main(int argc, char** argv) {
  try {
    return loccit::run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "loccit: this should not happen, please report it: " << error.what() << '\n';
  } catch (...) {
    std::cerr << "loccit: this should not happen, please report it\n";
  }
  return static_cast<int>(loccit::ExitCode::unfinished);
}
