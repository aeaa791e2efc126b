#include "cli/registry_options.h"

#include <CLI/CLI.hpp>

namespace loccit {
namespace {

// "2026-11-24" is the beginning of that day, UTC.
void add_moment(CLI::App& app, const char* name, std::optional<Timestamp>& target,
                const char* help) {
  const auto set = [&target, name](const std::string& text) {
    target = from_iso8601(text.size() == 10 ? text + "T00:00:00Z" : text);
    if (!target) {
      throw CLI::ValidationError(
          name, "\"" + text + "\" is no time such as 2026-11-24 or 2026-11-24T16:00:00Z");
    }
  };
  app.add_option_function<std::string>(name, set, help)->type_name("TIME");
}

}  // namespace

void add_registry(CLI::App& app, Options& options) {
  app.add_option("--registry", options.registry,
                 "Where the history of checks is kept: postgresql://USER@HOST/DATABASE, or an "
                 "SQLite file")
      ->type_name("PLACE")
      ->default_str("registry.db in the archive folder");
}

void add_history(CLI::App& app, Options& options) {
  app.add_option("DOCUMENT", options.inputs, "Only this document, and its citations one by one")
      ->expected(0, 1)
      ->type_name("");
  app.add_option("--citation", options.history.citation, "Only this citation")->type_name("ID");
  app.add_option("--host", options.history.host, "Only links of this host")->type_name("NAME");
  add_moment(app, "--from", options.history.from, "Only changes at or after this time");
  add_moment(app, "--until", options.history.until, "Only changes before this time");
  app.add_option("--limit", options.history.limit, "Most changes to show, the newest first")
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--json", options.json, "Write the history as JSON; - is standard output")
      ->type_name("FILE");
}

}  // namespace loccit
