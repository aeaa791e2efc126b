#include "cli/verify.h"

#include "checks/check.h"
#include "cli/baseline_file.h"
#include "cli/check_settings.h"
#include "cli/inputs.h"
#include "cli/opening.h"
#include "cli/report_files.h"
#include "cli/telling.h"

namespace loccit {
namespace {

CommandResult run_verify(const Options& options) {
  if (const auto writable = expect_writable(options); !writable)
    return tl::unexpected(writable.error());
  const auto baseline = read_baseline(options);
  if (!baseline) return tl::unexpected(baseline.error());
  Options offline = options;  // a page of the web is no document here
  offline.offline = true;
  const auto document = read_inputs(offline);
  if (!document) return tl::unexpected(document.error());
  const auto report = report_from_archive(*document, options);
  if (!report) return tl::unexpected(report.error());
  ReportContext context;
  if (*baseline) context.comparison = compare(*report, **baseline, identities_of(*document));
  return tell(*report, options, context);
}

}  // namespace

tl::expected<Report, Stop> report_from_archive(const Document& document, const Options& options) {
  const auto archive = open_archive(options, ArchiveMode::read);
  if (!archive) return tl::unexpected(archive.error());
  auto report = verify(document, *archive, check_options(options));
  if (!report) return unfinished(report.error().message);
  return std::move(*report);
}

const Command verify_command = {
    "verify",
    "Verify again from the archive alone; no network",
    "Judges every citation by the newest snapshot of each of its sources.",
    {OptionGroup::inputs, OptionGroup::reading, OptionGroup::archive, OptionGroup::offline,
     OptionGroup::report_files, OptionGroup::format, OptionGroup::fail_on, OptionGroup::baseline,
     OptionGroup::telling, OptionGroup::settings},
    run_verify};

}  // namespace loccit
