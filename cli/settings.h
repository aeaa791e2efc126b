// loccit.toml: what a team writes down once instead of saying it in every call (docs/ci.md).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/timestamp.h"
#include "fetcher/host_settings.h"

namespace loccit {

// The value of a command line option; which option, is told by the names alone.
struct Setting {
  std::string table;                // "fetch" of [fetch], "" at the top
  std::string key;                  // the option's long name, without its dashes
  std::vector<std::string> values;  // as they would stand on the command line
  bool list = false;                // an array or a table, not a single value
  int line = 0;
};

// Sources that are not asked for, for a while and for a reason.
struct SkipRule {
  std::string pattern;  // of URLs; `*` stands for anything
  std::string reason;
  Timestamp until{};  // from here on it does not count any more
  int line = 0;
};

struct Settings {
  std::filesystem::path file;          // empty: there is none
  std::vector<std::string> documents;  // patterns, for a check without INPUT
  int documents_line = 0;
  std::vector<SkipRule> skips;
  SettingsByHost hosts;
  std::vector<Setting> options;
};

// loccit.toml in `folder` or the nearest one above it; a folder that holds .git is the last asked.
std::optional<std::filesystem::path> find_settings(const std::filesystem::path& folder);

// Fails, with the line, on what is no TOML, on what has the wrong type, and on unknown keys of the
// tables that are read here. Keys of options are the caller's to know.
Result<Settings> read_settings(const std::filesystem::path& file);

// The files that `documents` names, as seen from the current folder; none where it is not set.
Result<std::vector<std::string>> documents_of(const Settings& settings);

// "loccit.toml:12", as messages begin.
std::string place_in(const Settings& settings, int line);

}  // namespace loccit
