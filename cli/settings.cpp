#include "cli/settings.h"

#include <array>
#include <cmath>
#include <fstream>
#include <sstream>

#include <toml++/toml.h>

#include "base/files.h"
#include "cli/globs.h"
#include "cli/nearest_word.h"

namespace loccit {
namespace {

namespace fs = std::filesystem;

constexpr const char* file_name = "loccit.toml";

int line_of(const toml::node& node) { return static_cast<int>(node.source().begin.line); }

// Thrown and caught in this file alone: a wrong file is a Failure at its door.
struct Wrong {
  int line = 0;
  std::string message;
};

std::string number_text(double value) {
  std::ostringstream text;
  text << value;
  return text.str();
}

// A single value as it would stand on the command line.
std::string value_text(const toml::node& node, const std::string& key) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return std::to_string(number->get());
  if (const auto* number = node.as_floating_point()) return number_text(number->get());
  if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
  throw Wrong{line_of(node), key + " must be a text, a number, true or false, or a list of them"};
}

std::string text_of(const toml::node& node, const std::string& key) {
  if (const auto* text = node.as_string()) return text->get();
  throw Wrong{line_of(node), key + " must be a text in quotes"};
}

double number_of(const toml::node& node, const std::string& key, double least) {
  const auto number = node.value<double>();
  if (!node.is_number() || !std::isfinite(*number) || *number < least || *number > 1e6)
    throw Wrong{line_of(node), key + " must be a number from " + number_text(least) + " on"};
  return *number;
}

bool flag_of(const toml::node& node, const std::string& key) {
  if (const auto* flag = node.as_boolean()) return flag->get();
  throw Wrong{line_of(node), key + " must be true or false"};
}

[[noreturn]] void unknown_key(const std::string& where, const toml::key& key,
                              std::span<const std::string> known) {
  std::string message = "unknown key \"" + std::string(key.str()) + "\"" + where;
  const std::string nearest = nearest_word(key.str(), known);
  if (!nearest.empty()) {
    message += "; did you mean \"" + nearest + "\"?";
  } else {
    message += "; known are ";
    for (std::size_t i = 0; i < known.size(); ++i) message += (i > 0 ? ", " : "") + known[i];
  }
  throw Wrong{static_cast<int>(key.source().begin.line), message};
}

// A date holds to its end; a date with a time to that moment.
Timestamp end_of(const toml::node& node) {
  std::string text;
  bool whole_day = true;
  if (const auto* date = node.as_date()) {
    std::ostringstream written;
    written << date->get();
    text = written.str();
  } else if (const auto* moment = node.as_date_time()) {
    std::ostringstream written;
    written << moment->get();
    text = written.str();
    whole_day = false;
    if (!moment->get().offset) text += "Z";
  } else if (const auto* words = node.as_string()) {
    text = words->get();
    whole_day = text.size() == 10;
  }
  const auto time = from_iso8601(whole_day ? text + "T00:00:00Z" : text);
  if (!time) throw Wrong{line_of(node), "until must be a date such as 2027-01-31"};
  return *time + (whole_day ? std::chrono::hours(24) : std::chrono::hours(0));
}

SkipRule skip_rule(const toml::node& node) {
  static const std::array<std::string, 3> keys = {"url", "reason", "until"};
  const toml::table* table = node.as_table();
  if (table == nullptr) throw Wrong{line_of(node), "skip must be a [[skip]] table"};
  SkipRule rule;
  rule.line = line_of(node);
  for (const auto& [key, value] : *table) {
    if (key == "url") {
      rule.pattern = text_of(value, "url");
    } else if (key == "reason") {
      rule.reason = text_of(value, "reason");
    } else if (key == "until") {
      rule.until = end_of(value);
    } else {
      unknown_key(" in [[skip]]", key, keys);
    }
  }
  if (rule.pattern.empty() || rule.reason.empty() || rule.until == Timestamp{}) {
    throw Wrong{rule.line,
                "a [[skip]] wants url (a pattern), reason, and until (the date on which somebody "
                "looks at it again)"};
  }
  return rule;
}

HostSettings host_settings(const toml::node& node, const std::string& host) {
  static const std::array<std::string, 5> keys = {"delay", "timeout", "per-host", "retries",
                                                  "ignore-robots"};
  const toml::table* table = node.as_table();
  if (table == nullptr) throw Wrong{line_of(node), "host must be [host.\"www.example.org\"]"};
  const auto milliseconds = [](double seconds) {
    return std::chrono::milliseconds(std::llround(seconds * 1000));
  };
  HostSettings settings;
  for (const auto& [key, value] : *table) {
    const std::string name(key.str());
    if (name == "delay") {
      settings.delay = milliseconds(number_of(value, name, 0));
    } else if (name == "timeout") {
      settings.timeout = milliseconds(number_of(value, name, 0.001));
    } else if (name == "per-host") {
      settings.per_host = static_cast<int>(number_of(value, name, 1));
    } else if (name == "retries") {
      settings.retries = static_cast<int>(number_of(value, name, 0));
    } else if (name == "ignore-robots") {
      settings.respect_robots = !flag_of(value, name);
    } else {
      unknown_key(" in [host.\"" + host + "\"]", key, keys);
    }
  }
  return settings;
}

Setting setting(const std::string& table, const toml::key& key, const toml::node& node) {
  Setting setting{table, std::string(key.str()), {}, false, line_of(node)};
  if (const toml::array* list = node.as_array()) {
    setting.list = true;
    for (const toml::node& item : *list) setting.values.push_back(value_text(item, setting.key));
  } else {
    setting.values.push_back(value_text(node, setting.key));
  }
  return setting;
}

// [report]: html = "report.html" is --report html=report.html.
Setting reports(const toml::table& table) {
  Setting setting{"", "report", {}, true, line_of(table)};
  for (const auto& [format, file] : table)
    setting.values.push_back(std::string(format.str()) + "=" + text_of(file, "a report's file"));
  return setting;
}

void take(Settings& settings, const toml::key& key, const toml::node& node) {
  const std::string name(key.str());
  if (name == "documents") {
    const Setting patterns = setting("", key, node);
    settings.documents = patterns.values;
    settings.documents_line = patterns.line;
  } else if (name == "skip") {
    const toml::array* rules = node.as_array();
    if (rules == nullptr) throw Wrong{line_of(node), "skip must be a [[skip]] table"};
    for (const toml::node& rule : *rules) settings.skips.push_back(skip_rule(rule));
  } else if (name == "host") {
    const toml::table* hosts = node.as_table();
    if (hosts == nullptr) throw Wrong{line_of(node), "host must be [host.\"www.example.org\"]"};
    for (const auto& [host, of_host] : *hosts)
      settings.hosts[std::string(host.str())] = host_settings(of_host, std::string(host.str()));
  } else if (const toml::table* table = node.as_table(); table != nullptr && name == "report") {
    settings.options.push_back(reports(*table));
  } else if (table != nullptr) {
    for (const auto& [option, value] : *table)
      settings.options.push_back(setting(name, option, value));
  } else {
    settings.options.push_back(setting("", key, node));
  }
}

Result<toml::table> parse(const std::string& text, Settings& settings) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    return fail(FailureKind::malformed,
                place_in(settings, static_cast<int>(error.source().begin.line)) + ": " +
                    std::string(error.description()));
  }
}

}  // namespace

std::optional<fs::path> find_settings(const fs::path& folder) {
  std::error_code ignored;
  for (fs::path at = fs::absolute(folder, ignored);; at = at.parent_path()) {
    if (fs::is_regular_file(at / file_name, ignored)) return at / file_name;
    if (fs::exists(at / ".git", ignored) || at == at.parent_path()) return std::nullopt;
  }
}

Result<Settings> read_settings(const fs::path& file) {
  const auto text = read_file(file, {.max_bytes = 1U << 20U});
  if (!text) return tl::unexpected(text.error());
  Settings settings;
  settings.file = file;
  const auto table = parse(*text, settings);
  if (!table) return tl::unexpected(table.error());
  try {
    for (const auto& [key, node] : *table) take(settings, key, node);
  } catch (const Wrong& wrong) {
    return fail(FailureKind::malformed, place_in(settings, wrong.line) + ": " + wrong.message);
  }
  return settings;
}

Result<std::vector<std::string>> documents_of(const Settings& settings) {
  if (settings.documents.empty()) return std::vector<std::string>{};
  std::error_code ignored;
  auto files = expand_globs(fs::absolute(settings.file, ignored).parent_path(), settings.documents);
  if (!files) return files;
  for (std::string& file : *files) file = fs::proximate(file, ignored).generic_string();
  return files;
}

std::string place_in(const Settings& settings, int line) {
  std::error_code ignored;
  const fs::path near = fs::proximate(settings.file, ignored);
  return near.generic_string() + ":" + std::to_string(line);
}

}  // namespace loccit
