// What is in force, written as the loccit.toml that would say it.
#include <algorithm>
#include <iostream>

#include "base/json.h"
#include "base/text.h"
#include "cli/command.h"

namespace loccit {
namespace {

std::string toml_value(const InForce& option) {
  const auto one = [&](const std::string& value) {
    // A JSON string is a TOML basic string (TOML 1.0, "String").
    return option.text ? write_json(Json(option.key == "password" ? "…" : value)) : value;
  };
  if (!option.list) return option.values.empty() ? "\"\"" : one(option.values.front());
  std::string list;
  for (const std::string& value : option.values) list += (list.empty() ? "" : ", ") + one(value);
  return "[" + list + "]";
}

void print_line(const std::string& setting, const std::string& from) {
  constexpr std::size_t column = 44;
  const std::size_t length = count_code_points(setting);
  std::cout << setting << std::string(length < column ? column - length : 1, ' ') << "# " << from
            << '\n';
}

void print_option(const InForce& option) {
  const bool unset = option.values.empty();
  print_line((unset ? "# " : "") + option.key + " = " + toml_value(option),
             unset ? "not set" : option.from);
}

void print_documents(const Settings& settings) {
  if (settings.documents.empty()) {
    print_line("# documents = []", "not set: a check has to name its INPUTs");
    return;
  }
  const InForce documents{"", "documents", settings.documents, true, true, ""};
  const auto files = documents_of(settings);
  print_line("documents = " + toml_value(documents),
             place_in(settings, settings.documents_line) + ", " +
                 (files ? std::to_string(files->size()) + (files->size() == 1 ? " file" : " files")
                        : files.error().message));
}

void print_host(const std::string& host, const HostSettings& settings) {
  std::cout << "\n[host." << write_json(Json(host)) << "]\n";
  const auto seconds = [](std::chrono::milliseconds time) {
    return write_json(Json(static_cast<double>(time.count()) / 1000));
  };
  if (settings.delay) std::cout << "delay = " << seconds(*settings.delay) << '\n';
  if (settings.timeout) std::cout << "timeout = " << seconds(*settings.timeout) << '\n';
  if (settings.per_host) std::cout << "per-host = " << *settings.per_host << '\n';
  if (settings.retries) std::cout << "retries = " << *settings.retries << '\n';
  if (settings.respect_robots)
    std::cout << "ignore-robots = " << (*settings.respect_robots ? "false" : "true") << '\n';
}

CommandResult run_config(const Options& options) {
  const Settings& settings = options.settings;
  std::cout << "# " << (settings.file.empty() ? "no loccit.toml" : settings.file.string()) << '\n';
  print_documents(settings);
  std::vector<std::string> tables;
  for (const InForce& option : options.in_force) {
    if (option.table.empty()) print_option(option);
    if (!option.table.empty() && std::ranges::find(tables, option.table) == tables.end())
      tables.push_back(option.table);
  }
  for (const std::string& table : tables) {
    std::cout << "\n[" << table << "]\n";
    for (const InForce& option : options.in_force) {
      if (option.table == table) print_option(option);
    }
  }
  for (const auto& [host, of_host] : settings.hosts) print_host(host, of_host);
  for (const SkipRule& rule : settings.skips) {
    const std::string day = to_iso8601(rule.until - std::chrono::seconds(1)).substr(0, 10);
    std::cout << "\n[[skip]]\n";
    print_line("url = " + write_json(Json(rule.pattern)), place_in(settings, rule.line));
    std::cout << "reason = " << write_json(Json(rule.reason)) << "\nuntil = " << day
              << (rule.until <= system_clock()() ? "  # expired: these sources are checked again"
                                                 : "")
              << '\n';
  }
  return ExitCode::fine;
}

}  // namespace

const Command config_command = {
    "config",
    "Print what is in force, and where each value came from",
    "The output is a loccit.toml that says the same: a file to start from. loccit.toml is looked "
    "for in the current folder and\n"
    "in those above it, up to the one that holds .git.",
    {OptionGroup::reading,      OptionGroup::explaining, OptionGroup::archive,
     OptionGroup::registry,     OptionGroup::offline,    OptionGroup::choosing,
     OptionGroup::report_files, OptionGroup::format,     OptionGroup::fail_on,
     OptionGroup::baseline,     OptionGroup::confirmed,  OptionGroup::telling,
     OptionGroup::fetching,     OptionGroup::seal_file,  OptionGroup::sealing,
     OptionGroup::trusting,     OptionGroup::rhythm,     OptionGroup::notifying,
     OptionGroup::slots,        OptionGroup::serving,    OptionGroup::settings},
    run_config};

}  // namespace loccit
