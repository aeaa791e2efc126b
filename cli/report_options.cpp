#include "cli/report_options.h"

#include <CLI/CLI.hpp>

#include "ci/outcome.h"
#include "cli/headings.h"
#include "cli/repeatable.h"

namespace loccit {

void add_report_files(CLI::App& app, Options& options) {
  app.add_option("--json", options.json, "Write the report as JSON; - is standard output")
      ->type_name("FILE")
      ->group(headings::reports.name);
  const auto add = [&options](const std::vector<std::string>& values) {
    for (const std::string& value : values) {
      const std::size_t equals = value.find('=');
      const auto format = report_format_from(value.substr(0, equals));
      if (!format || equals == std::string::npos || equals + 1 == value.size()) {
        throw CLI::ValidationError("--report",
                                   "\"" + value +
                                       "\" is not FORMAT=FILE with html, junit, sarif, markdown or "
                                       "codequality");
      }
      options.reports.push_back({*format, value.substr(equals + 1)});
    }
  };
  repeatable(app.add_option_function<std::vector<std::string>>(
                 "--report", add,
                 "Write another report; FORMAT is html, junit, sarif, markdown or codequality "
                 "(GitLab). Repeatable"))
      ->type_name("FORMAT=FILE")
      ->group(headings::reports.name);
}

void add_format(CLI::App& app, Options& options) {
  app.add_option("--format", options.format,
                 "What standard output gets: text for people, json-lines for programs (a line per "
                 "citation, then the summary)")
      ->type_name("text|json-lines")
      ->check(CLI::Validator(CLI::IsMember({"text", "json-lines"})).description(""))
      ->capture_default_str()
      ->group(headings::reports.name);
}

void add_fail_on(CLI::App& app, Options& options) {
  const auto set = [&options](const std::string& list) {
    const auto kinds = parse_fail_on(list);
    if (!kinds) throw CLI::ValidationError("--fail-on", kinds.error().message);
    options.fail_on = *kinds;
  };
  app.add_option_function<std::string>("--fail-on", set,
                                       "Verdicts that make the exit code 1; none: never")
      ->type_name("LIST")
      ->default_str("drifted,rotten")
      ->group(headings::reports.name);
}

void add_telling(CLI::App& app, Options& options) {
  app.add_flag_callback(
         "-v,--verbose", [&options] { options.telling = Telling::verbose; },
         "Print every citation, also the intact ones, and what the archive had to mend")
      ->excludes(app.add_flag_callback(
          "-q,--quiet", [&options] { options.telling = Telling::quiet; },
          "Print nothing but errors and what --json - and --report FORMAT=- ask for"));
}

}  // namespace loccit
