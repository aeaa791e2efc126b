// Completion scripts, made of the same table as --help.
#include <iostream>

#include "cli/option_groups.h"

namespace loccit {
namespace {

// In single quotes, for all three shells.
std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string all_names(const Command& command) {
  std::string names;
  for (const OptionText& option : options_of(command)) {
    for (const std::string& name : option.names) names += (names.empty() ? "" : " ") + name;
  }
  return names;
}

std::string joined(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : " ") + word;
  return line;
}

std::string command_names() {
  std::string names;
  for (const Command* command : all_commands())
    names += (names.empty() ? "" : " ") + std::string(command->name);
  return names;
}

void write_bash() {
  std::cout << "# bash completion for loccit\n_loccit() {\n"
               "  local current=${COMP_WORDS[COMP_CWORD]} words=\n"
               "  local previous=${COMP_WORDS[COMP_CWORD-1]}\n"
               "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n    words="
            << quoted(command_names() + " --help --version")
            << "\n  elif [[ $previous == -* && $current != -* ]]; then\n"
               "    case ${COMP_WORDS[1]}:$previous in\n";
  for (const Command* command : all_commands()) {
    for (const OptionText& option : options_of(*command)) {
      if (option.values().empty()) continue;
      for (const std::string& name : option.names)
        std::cout << "      " << command->name << ':' << name
                  << ") words=" << quoted(joined(option.values())) << " ;;\n";
    }
  }
  std::cout << "    esac\n  elif [[ $current == -* ]]; then\n    case ${COMP_WORDS[1]} in\n";
  for (const Command* command : all_commands()) {
    std::cout << "      " << command->name << ") words=" << quoted(all_names(*command)) << " ;;\n";
  }
  std::cout << "    esac\n  fi\n"
               "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n}\n"
               "complete -o default -F _loccit loccit\n";
}

// In an _arguments or _describe entry, a colon and a bracket have a meaning.
std::string zsh_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ':' || c == '[' || c == ']' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out;
}

std::string zsh_values(const OptionText& option) {
  return option.values().empty() ? "_files" : "(" + joined(option.values()) + ")";
}

void write_zsh() {
  std::cout << "#compdef loccit\n_loccit() {\n  local -a commands\n  commands=(\n";
  for (const Command* command : all_commands()) {
    std::cout << "    " << quoted(std::string(command->name) + ":" + zsh_text(command->summary))
              << '\n';
  }
  std::cout << "  )\n  if (( CURRENT == 2 )); then\n    _describe command commands\n    return\n"
               "  fi\n  case ${words[2]} in\n";
  for (const Command* command : all_commands()) {
    std::cout << "    " << command->name << ")\n      _arguments '*:file:_files'";
    for (const OptionText& option : options_of(*command)) {
      for (const std::string& name : option.names) {
        std::cout << " \\\n        "
                  << quoted("*" + name + "[" + zsh_text(option.help) + "]" +
                            (option.takes_value
                                 ? ":" + zsh_text(option.type) + ":" + zsh_values(option)
                                 : ""));
      }
    }
    std::cout << " ;;\n";
  }
  std::cout << "  esac\n}\n_loccit \"$@\"\n";
}

void write_fish() {
  std::cout << "# fish completion for loccit\n";
  for (const Command* command : all_commands()) {
    std::cout << "complete -c loccit -n __fish_use_subcommand -f -a " << command->name << " -d "
              << quoted(command->summary) << '\n';
    for (const OptionText& option : options_of(*command)) {
      if (option.names.empty()) continue;
      std::cout << "complete -c loccit -n '__fish_seen_subcommand_from " << command->name << "'";
      for (const std::string& name : option.names) {
        const bool is_long = name.starts_with("--");
        std::cout << (is_long ? " -l " : " -s ") << name.substr(is_long ? 2 : 1);
      }
      if (option.takes_value) std::cout << " -r";
      if (!option.values().empty()) std::cout << " -f -a " << quoted(joined(option.values()));
      std::cout << " -d " << quoted(option.help) << '\n';
    }
  }
}

CommandResult run_completion(const Options& options) {
  const std::string& shell = options.inputs.front();
  if (shell == "bash") write_bash();
  if (shell == "zsh") write_zsh();
  if (shell == "fish") write_fish();
  return ExitCode::fine;
}

}  // namespace

const Command completion_command = {
    "completion",
    "Print what completes loccit's commands and options in a shell",
    "bash: loccit completion bash > ~/.local/share/bash-completion/completions/loccit\n"
    "zsh:  loccit completion zsh > a folder of $fpath, as _loccit\n"
    "fish: loccit completion fish > ~/.config/fish/completions/loccit.fish",
    {OptionGroup::shell},
    run_completion};

}  // namespace loccit
