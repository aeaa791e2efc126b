#include "cli/ci_options.h"

#include <charconv>

#include <CLI/CLI.hpp>

#include "cli/headings.h"

namespace loccit {
namespace {

// "90", "15m", "12h", "7d": seconds, where no unit is given.
std::optional<std::chrono::seconds> age_from(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  if (error != std::errc() || number < 0 || number > 1'000'000) return std::nullopt;
  if (unit.empty() || unit == "s") return std::chrono::seconds(number);
  if (unit == "m") return std::chrono::minutes(number);
  if (unit == "h") return std::chrono::hours(number);
  if (unit == "d") return std::chrono::hours(24 * number);
  return std::nullopt;
}

}  // namespace

void add_choosing(CLI::App& app, Options& options) {
  app.add_option("--since", options.since,
                 "Check only citations that the documents did not have in this git revision")
      ->type_name("REV");
  const auto set_age = [&options](const std::string& text) {
    const auto age = age_from(text);
    if (!age)
      throw CLI::ValidationError("--max-age", "\"" + text + "\" is no age such as 12h or 7d");
    options.max_age = *age;
  };
  app.add_option_function<std::string>(
         "--max-age", set_age,
         "Judge a snapshot that answered and is no older again instead of fetching: 90s, 15m, 12h, "
         "7d")
      ->type_name("AGE")
      ->default_str("0");
}

void add_archive_job(CLI::App& app, Options& options) {
  app.add_option("ACTION", options.action, "verify, import, reindex or prune")
      ->required()
      ->check(CLI::IsMember({"verify", "import", "reindex", "prune"}).description(""))
      ->type_name("");
  app.add_option("FILE", options.inputs, "What to import")->type_name("");
  const auto set_age = [&options](const std::string& text) {
    options.pruning.keep = age_from(text);
    if (!options.pruning.keep)
      throw CLI::ValidationError("--keep", "\"" + text + "\" is no age such as 12h or 90d");
  };
  app.add_option_function<std::string>("--keep", set_age,
                                       "prune: what is younger stays in any case: 12h, 90d")
      ->type_name("AGE")
      ->configurable(false);
  app.add_flag("--yes", options.pruning.yes, "prune: remove what was listed")->configurable(false);
}

void add_baseline(CLI::App& app, Options& options) {
  app.add_option("--baseline", options.baseline,
                 "Known problems, which do not fail the check; `loccit accept` adds to them")
      ->type_name("FILE")
      ->default_str("loccit.lock, beside loccit.toml or in the current folder")
      ->group(headings::reports.name);
}

void add_confirmed(CLI::App& app, Options& options) {
  app.add_flag("--confirmed", options.confirmed,
               "Fail only on what several checks over days have confirmed (docs/standing.md)")
      ->group(headings::reports.name);
}

void add_accepting(CLI::App& app, Options& options) {
  app.add_option("ID", options.inputs, "Citations of the newest check, as its report names them")
      ->type_name("")
      ->configurable(false);
  app.add_option("--reason", options.accept.reason, "Why they may stay as they are")
      ->type_name("TEXT")
      ->configurable(false);
  app.add_flag("--all", options.accept.all, "Accept all that --fail-on names")->configurable(false);
  app.add_flag("--prune", options.accept.prune,
               "Take out of the baseline what that check found fixed")
      ->configurable(false);
  app.add_option("--check", options.seal.check, "Which check of the archive is meant")
      ->type_name("ID")
      ->configurable(false)
      ->capture_default_str();
}

}  // namespace loccit
