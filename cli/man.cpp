// A man page for each command, and one for all of them (groff's man(7)).
#include <algorithm>
#include <iostream>

#include "cli/option_groups.h"

namespace loccit {
namespace {

// What roff would take for a request or an escape.
std::string roff(std::string_view text) {
  std::string out;
  bool line_begins = true;
  for (const char c : text) {
    if (line_begins && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out.push_back(c);
    }
    line_begins = c == '\n';
  }
  return out;
}

void write_head(const std::string& page, const std::string& summary) {
  std::cout << ".TH " << page
            << " 1 \"" LOCCIT_DATE "\" \"loccit " LOCCIT_VERSION "\" \"loccit\"\n.SH NAME\n"
            << roff(page) << " \\- " << roff(summary) << "\n.SH SYNOPSIS\n";
}

void write_option(const OptionText& option) {
  std::string head;
  for (const std::string& name : option.names)
    head += (head.empty() ? "" : ", ") + ("\\fB" + roff(name) + "\\fR");
  if (option.names.empty()) head = "\\fI" + roff(option.positional) + "\\fR";
  if (option.takes_value && !option.type.empty()) head += " \\fI" + roff(option.type) + "\\fR";
  std::cout << ".TP\n" << head << '\n' << roff(option.help);
  if (!option.standard.empty() && option.takes_value)
    std::cout << "\n(default: " << roff(option.standard) << ")";
  std::cout << '\n';
}

void write_page(const Command& command) {
  const std::vector<OptionText> options = options_of(command);
  write_head("loccit-" + std::string(command.name), command.summary);
  std::cout << "\\fBloccit " << roff(command.name) << "\\fR [\\fIOPTION\\fR]...";
  for (const OptionText& option : options) {
    if (option.names.empty())
      std::cout << " [\\fI" << roff(option.positional) << "\\fR]"
                << (option.repeatable ? "..." : "");
  }
  std::cout << "\n.SH DESCRIPTION\n" << roff(command.details) << '\n';
  std::vector<std::string> groups;  // in the order of --help
  for (const OptionText& option : options) {
    if (std::ranges::find(groups, option.group) == groups.end()) groups.push_back(option.group);
  }
  for (const std::string& group : groups) {
    std::cout << (group == "Options" ? ".SH OPTIONS\n" : ".SS " + roff(group) + "\n");
    for (const OptionText& option : options) {
      if (option.group == group) write_option(option);
    }
  }
  std::cout << ".SH \"EXIT STATUS\"\n0: nothing in \\-\\-fail\\-on occurred. 1: something in it "
               "did. 2: the call or its input is wrong. 3: the job could not be finished.\n"
               ".SH \"SEE ALSO\"\n\\fBloccit\\fR(1)\n";
}

void write_overview() {
  write_head("loccit", "check that cited words still stand where they were cited");
  std::cout << "\\fBloccit\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR]...\n.SH DESCRIPTION\nReads a "
               "document, fetches every source that it cites, archives what it fetched, and checks "
               "that the quoted words still stand there.\n.SH COMMANDS\n";
  for (const Command* command : all_commands()) {
    std::cout << ".TP\n\\fBloccit\\-" << roff(command->name) << "\\fR(1)\n"
              << roff(command->summary) << '\n';
  }
  std::cout << ".SH FILES\n.TP\n\\fIloccit.toml\\fR\nSettings, in the current folder or one above "
               "it; see \\fBloccit\\-config\\fR(1).\n.TP\n\\fIloccit.lock\\fR\nAccepted problems; "
               "see \\fBloccit\\-accept\\fR(1).\n.TP\n\\fI.loccit/\\fR\nThe archive.\n";
}

CommandResult run_man(const Options& options) {
  if (options.inputs.empty()) {
    write_overview();
    return ExitCode::fine;
  }
  for (const Command* command : all_commands()) {
    if (options.inputs.front() != command->name) continue;
    write_page(*command);
    return ExitCode::fine;
  }
  return misuse("\"" + options.inputs.front() + "\" is no command; `loccit --help` lists them");
}

}  // namespace

const Command man_command = {"man",
                             "Print a man page, for `man -l -`",
                             "Without COMMAND, the page about loccit as a whole.",
                             {OptionGroup::page},
                             run_man};

}  // namespace loccit
