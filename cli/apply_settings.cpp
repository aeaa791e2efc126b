#include "cli/apply_settings.h"

#include <algorithm>

#include <CLI/CLI.hpp>

#include "cli/headings.h"
#include "cli/nearest_word.h"

namespace loccit {
namespace {

// The table of loccit.toml in which an option stands: that of its group in --help.
std::string table_of(const CLI::Option& option) { return table_under(option.get_group()); }

bool is_setting(const CLI::Option& option) {
  return !option.get_lnames().empty() && option.get_configurable();
}

std::vector<const CLI::Option*> settings_of(const CLI::App& app) {
  std::vector<const CLI::Option*> options;
  for (const CLI::Option* option : app.get_options()) {
    if (is_setting(*option)) options.push_back(option);
  }
  return options;
}

bool is_flag(const CLI::Option& option) { return option.get_items_expected_max() == 0; }

bool is_list(const CLI::Option& option) {
  return option.get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll;
}

constexpr std::string_view report_type = "FORMAT=FILE";

bool names_files(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  return type.starts_with("FILE") || type == "DIR" || type == "PLACE" || type == report_type;
}

// A path in loccit.toml starts from its folder, wherever loccit was called. What is no path stays:
// standard output, a token's key, an S3 store, a database.
std::string from_folder(const Settings& settings, const CLI::Option& option,
                        const std::string& value) {
  const std::string head =
      option.get_type_name() == report_type ? value.substr(0, value.find('=') + 1) : "";
  const std::string path = value.substr(head.size());
  if (path.empty() || path == "-" || path.starts_with("pkcs11:") ||
      path.find("://") != std::string::npos)
    return value;
  std::error_code ignored;
  const auto absolute = std::filesystem::absolute(settings.file, ignored).parent_path() / path;
  return head + std::filesystem::proximate(absolute.lexically_normal(), ignored).generic_string();
}

struct Known {
  std::vector<std::string> tables;  // those beside the ones that settings.cpp reads
  std::vector<std::pair<std::string, std::string>> keys;

  bool has(const std::string& table, const std::string& key) const {
    return std::ranges::find(keys, std::pair(table, key)) != keys.end();
  }
  bool has_elsewhere(const std::string& key) const {
    return std::ranges::any_of(keys, [&](const auto& known) { return known.second == key; });
  }
};

Known known_keys(std::span<const CLI::App* const> all) {
  Known known{{"report", "skip", "host"}, {}};
  for (const CLI::App* app : all) {
    for (const CLI::Option* option : settings_of(*app)) {
      const std::string table = table_of(*option);
      if (!table.empty() && std::ranges::find(known.tables, table) == known.tables.end())
        known.tables.push_back(table);
      for (const std::string& name : option->get_lnames()) known.keys.emplace_back(table, name);
    }
  }
  return known;
}

bool is_of_one_call(const std::string& key, std::span<const CLI::App* const> all) {
  return std::ranges::any_of(all, [&](const CLI::App* app) {
    const CLI::Option* option = app->get_option_no_throw("--" + key);
    return option != nullptr && !option->get_configurable();
  });
}

std::string suggestion(const Known& known, const Setting& setting) {
  for (const auto& [table, key] : known.keys) {
    if (key == setting.key)
      return "; it belongs " + (table.empty() ? "above all tables" : "to [" + table + "]");
  }
  std::vector<std::string> near;
  if (setting.table.empty()) near = {"documents"};
  for (const auto& [table, key] : known.keys) {
    if (table == setting.table) near.push_back(key);
  }
  std::string word = nearest_word(setting.key, near);
  if (word.empty()) {
    for (const auto& [table, key] : known.keys) near.push_back(key);
    word = nearest_word(setting.key, near);
  }
  if (word.empty()) return "; `loccit config` lists all keys";
  for (const auto& [table, key] : known.keys) {
    if (key == word && table != setting.table)
      return "; did you mean \"" + word + "\" of " +
             (table.empty() ? "the top" : "[" + table + "]") + "?";
  }
  return "; did you mean \"" + word + "\"?";
}

tl::expected<void, Stop> expect_known(const Settings& settings,
                                      std::span<const CLI::App* const> all) {
  const Known known = known_keys(all);
  for (const Setting& setting : settings.options) {
    if (known.has(setting.table, setting.key)) continue;
    const std::string where = place_in(settings, setting.line) + ": ";
    const bool known_table = setting.table.empty() ||
                             std::ranges::find(known.tables, setting.table) != known.tables.end();
    if (!known_table) {
      const std::string near = nearest_word(setting.table, known.tables);
      return misuse(
          where + "unknown table [" + setting.table + "]" +
          (near.empty() ? "; `loccit config` lists all" : "; did you mean [" + near + "]?"));
    }
    if (!known.has_elsewhere(setting.key) && is_of_one_call(setting.key, all)) {
      return misuse(where + "--" + setting.key +
                    " is said of one call: it stands on the command line, not in a file");
    }
    return misuse(where + "unknown key \"" + setting.key + "\"" +
                  (setting.table.empty() ? "" : " in [" + setting.table + "]") +
                  suggestion(known, setting));
  }
  return {};
}

bool overruled(const CLI::Option& option) {
  return option.count() > 0 || std::ranges::any_of(option.get_excludes(), [](const auto* other) {
           return other->count() > 0;
         });
}

void set(CLI::Option& option, const Setting& setting, const Settings& settings) {
  std::vector<std::string> values = setting.values;
  if (names_files(option)) {
    for (std::string& value : values) value = from_folder(settings, option, value);
  }
  if (!is_list(option) && values.size() != 1) {  // fail-on = ["drifted", "rotten"]
    std::string joined;
    for (const std::string& value : values) joined += (joined.empty() ? "" : ",") + value;
    values = {joined.empty() ? "none" : joined};
  }
  if (values.empty()) return;
  option.add_result(values);
  option.run_callback();
}

InForce in_force(const CLI::Option& option, std::string from) {
  InForce force{table_of(option), option.get_lnames().back(),
                option.results(), true,
                is_list(option),  std::move(from)};
  if (force.values.empty() && !option.get_default_str().empty())
    force.values.push_back(option.get_default_str());
  if (is_flag(option)) force.values = {force.values.empty() ? "false" : force.values.front()};
  const std::string type = option.get_type_name();
  force.text = !is_flag(option) && type != "N" && type != "SECONDS";
  return force;
}

tl::expected<Settings, Stop> settings_in_force(const Options& options) {
  if (options.no_config) return Settings{};
  std::error_code ignored;
  const auto file = options.config.empty() ? find_settings(std::filesystem::current_path(ignored))
                                           : std::optional<std::filesystem::path>(options.config);
  if (!file) return Settings{};
  auto settings = read_settings(*file);
  if (!settings) return misuse(settings.error().message);
  return std::move(*settings);
}

}  // namespace

tl::expected<void, Stop> apply_settings(CLI::App& command, std::span<const CLI::App* const> all,
                                        Options& options) {
  auto settings = settings_in_force(options);
  if (!settings) return tl::unexpected(settings.error());
  if (const auto known = expect_known(*settings, all); !known) return known;
  options.fetch.hosts = settings->hosts;
  for (CLI::Option* option : command.get_options()) {
    if (!is_setting(*option)) continue;
    const auto setting = std::ranges::find_if(settings->options, [&](const Setting& candidate) {
      return candidate.table == table_of(*option) && option->check_lname(candidate.key);
    });
    std::string from = option->count() > 0 ? "command line" : "default";
    if (setting != settings->options.end() && !overruled(*option)) {
      from = place_in(*settings, setting->line);
      try {
        set(*option, *setting, *settings);
      } catch (const CLI::Error& error) {
        return misuse(from + ": " + error.what());
      }
    }
    options.in_force.push_back(in_force(*option, std::move(from)));
  }
  options.settings = std::move(*settings);
  if (command.get_option_no_throw("INPUT") != nullptr && options.inputs.empty()) {
    auto documents = documents_of(options.settings);
    if (!documents) {
      return misuse(place_in(options.settings, options.settings.documents_line) + ": " +
                    documents.error().message);
    }
    options.inputs = std::move(*documents);
  }
  return {};
}

}  // namespace loccit
