#include "cli/command_line.h"

#include <algorithm>
#include <map>

#include <CLI/CLI.hpp>

#include "cli/apply_settings.h"
#include "cli/nearest_word.h"
#include "cli/option_groups.h"

namespace loccit {
namespace {

bool is_command(std::string_view word, std::span<const Command* const> commands) {
  return std::ranges::any_of(commands,
                             [&](const Command* command) { return word == command->name; });
}

bool reads_settings(const Command& command) {
  return std::ranges::find(command.takes, OptionGroup::settings) != command.takes.end();
}

std::string no_command(std::string_view word, std::span<const Command* const> commands) {
  std::vector<std::string> names;
  for (const Command* command : commands) names.emplace_back(command->name);
  const std::string near = nearest_word(word, names);
  if (!near.empty())
    return "\"" + std::string(word) + "\" is no command; did you mean `loccit " + near + "`?";
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
  return "\"" + std::string(word) + "\" is no command; there are " + all;
}

// The option that was probably meant, where CLI11 says that one "was not expected".
std::string meant_option(const CLI::ParseError& error, const CLI::App& command, int argc,
                         const char* const* argv) {
  if (dynamic_cast<const CLI::ExtrasError*>(&error) == nullptr) return "";
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  for (int i = 2; i < argc; ++i) {
    const std::string_view word =
        std::string_view(argv[i]).substr(0, std::string_view(argv[i]).find('='));
    if (!word.starts_with("--") || std::ranges::find(names, word) != names.end()) continue;
    const std::string near = nearest_word(word, names);
    return near.empty() ? "" : "; did you mean " + near + "?";
  }
  return "";
}

// As CLI11 writes help, but for what only its parser needs to know; the default stands after the
// words, since it may be words too.
class Help : public CLI::Formatter {
 public:
  std::string make_option_opts(const CLI::Option* option) const override {
    const std::string type = option->get_type_name();
    const bool several = option->nonpositional() ? false : option->get_items_expected_max() > 1;
    return (type.empty() ? "" : " " + type) + (several ? " ..." : "");
  }
  std::string make_option_desc(const CLI::Option* option) const override {
    const std::string standard = option->get_default_str();
    return option->get_description() + (standard.empty() ? "" : " (default: " + standard + ")");
  }
};

constexpr const char* exit_codes =
    "Exit codes: 0 nothing in --fail-on occurred; 1 something in it did; 2 the call or its input "
    "is wrong;\n"
    "3 the job could not be finished.";

}  // namespace

tl::expected<Call, Stop> parse_command_line(int argc, const char* const* argv,
                                            std::span<const Command* const> commands) {
  CLI::App app(
      "loccit reads a document, fetches every source that it cites, archives what it fetched,\n"
      "and checks that the quoted words still stand there.",
      "loccit");
  app.formatter(std::make_shared<Help>());
  app.set_version_flag("--version", "loccit " LOCCIT_VERSION);
  app.require_subcommand(1);
  app.footer(std::string("`loccit COMMAND --help` lists the options of a command.\n") + exit_codes);

  Call call;
  std::map<const CLI::App*, const Command*> by_app;
  for (const Command* command : commands) {
    CLI::App* sub = app.add_subcommand(command->name, command->summary);
    sub->footer(std::string(command->details) + "\n" + exit_codes);
    for (const OptionGroup group : command->takes) add_group(*sub, group, call.options);
    by_app.emplace(sub, command);
  }

  if (argc > 1 && *argv[1] != '-' && !is_command(argv[1], commands))
    return misuse(no_command(argv[1], commands));
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForVersion&) {
    return tl::unexpected(Stop{ExitCode::fine, "loccit " LOCCIT_VERSION});
  } catch (const CLI::Success&) {
    const auto chosen = app.get_subcommands();
    return tl::unexpected(
        Stop{ExitCode::fine, chosen.empty() ? app.help() : chosen.front()->help("loccit")});
  } catch (const CLI::ParseError& error) {
    const auto chosen = app.get_subcommands();
    if (chosen.empty() && argc < 2)
      return misuse("say what to do, as in `loccit check letter.pdf`\n`loccit --help` lists all");
    if (chosen.empty()) return misuse(std::string(error.what()) + "\n`loccit --help` lists all");
    return misuse(error.what() + meant_option(error, *chosen.front(), argc, argv) + "\n`loccit " +
                  chosen.front()->get_name() + " --help` lists what can be said");
  }
  CLI::App* chosen = app.get_subcommands().front();
  call.command = by_app.at(chosen);
  if (reads_settings(*call.command)) {
    std::vector<const CLI::App*> readers;
    for (const auto& [sub, command] : by_app) {
      if (reads_settings(*command)) readers.push_back(sub);
    }
    if (const auto applied = apply_settings(*chosen, readers, call.options); !applied)
      return tl::unexpected(applied.error());
  }
  return call;
}

}  // namespace loccit
