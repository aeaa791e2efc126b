#include "checks/history.h"

#include <iostream>
#include <sstream>

#include "cli/registry_opening.h"
#include "cli/report_files.h"

namespace loccit {
namespace {

CommandResult run_history(const Options& options) {
  if (const auto writable = expect_writable(options); !writable)
    return tl::unexpected(writable.error());
  auto registry = open_existing_registry(options);
  if (!registry) return tl::unexpected(registry.error());
  HistoryQuery query;
  if (!options.inputs.empty()) query.document = registry_name(options.inputs.front(), options);
  query.citation = options.history.citation;
  query.host = options.history.host;
  query.from = options.history.from;
  query.until = options.history.until;
  query.limit = options.history.limit;
  const auto history = read_history(*registry, query);
  if (!history && history.error().kind == FailureKind::not_found)
    return misuse(history.error().message);
  if (!history) return unfinished(history.error().message);
  if (!options.json.empty()) {
    const auto written =
        write_to(options.json, write_json(history_to_json(*history), JsonStyle::pretty));
    if (!written) return tl::unexpected(written.error());
  }
  if (!standard_output_taken(options) && options.telling != Telling::quiet)
    write_history(*history, std::cout);
  return ExitCode::fine;
}

}  // namespace

const Command history_command = {
    "history",
    "What changed, check by check",
    "Every `loccit check` is remembered in the archive folder. Named a document, this says for "
    "each "
    "of its citations\n"
    "in which time the words stood (\"stood on T1, gone on T2\").",
    {OptionGroup::history, OptionGroup::archive, OptionGroup::registry, OptionGroup::telling,
     OptionGroup::settings},
    run_history};

}  // namespace loccit
