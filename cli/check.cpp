#include "checks/check.h"

#include <iostream>

#include "cli/baseline_file.h"
#include "cli/check_settings.h"
#include "cli/command.h"
#include "cli/inputs.h"
#include "cli/interruption.h"
#include "cli/opening.h"
#include "cli/progress_bar.h"
#include "cli/registry_opening.h"
#include "cli/report_context.h"
#include "cli/report_files.h"
#include "cli/sealing.h"
#include "cli/since.h"
#include "cli/telling.h"
#include "cli/terminal.h"
#include "cli/verify.h"

namespace loccit {
namespace {

Stop check_stop(const Failure& failure) {
  std::string advice;
  switch (failure.kind) {
    case FailureKind::cancelled:
      advice = "; what was fetched is in the archive, run the command again to check all of it";
      break;
    case FailureKind::full:
      advice = "; what was archived before stays, free some space and run the command again";
      break;
    default:
      advice = "; what was archived before stays";
      break;
  }
  return {ExitCode::unfinished, failure.message + advice};
}

// Flushed line by line: whoever reads it knows what is safe, whatever becomes of this process.
std::string archived_line(const SnapshotRecord& record) {
  return "loccit: archived " + record.id + " " +
         (record.status == 0 ? "failed" : std::to_string(record.status)) + " " +
         (record.sha256.empty() ? "-" : record.sha256) + " " + record.requested_url;
}

// A verdict cannot tell a source that is gone from a network that is not there; its reader can.
void tell_if_nothing_answered(const Report& report, const Options& options) {
  std::size_t links = 0;
  for (const Verdict& verdict : report.verdicts) {
    for (const LinkFinding& link : verdict.links) {
      if (link.state != LinkState::unreachable) return;
      ++links;
    }
  }
  if (links == 0 || options.telling == Telling::quiet) return;
  std::cerr << "loccit: not one source answered; is this machine connected, and does it need a "
               "proxy (https_proxy)?\n";
}

tl::expected<Report, Stop> check_online(const Document& document, const Options& options,
                                        std::optional<Registry>& registry) {
  auto fetcher = Fetcher::create(options.fetch, system_clock());
  if (!fetcher) return misuse(fetcher.error().message);
  auto archive = open_archive(options, ArchiveMode::write);
  if (!archive) return tl::unexpected(archive.error());
  // Before anything is fetched: a registry that does not open is better known now than in an hour.
  auto opened = open_registry(options, "nothing was checked");
  if (!opened) return tl::unexpected(opened.error());
  registry = std::move(*opened);

  std::optional<ProgressBar> bar;
  if (is_terminal(Stream::err) && options.telling != Telling::quiet)
    bar.emplace(std::cerr, terminal_width(Stream::err));
  const InterruptOnSignal guard(*fetcher);
  std::size_t resumed = 0;
  auto report = check(document, *fetcher, *archive, check_options(options),
                      [&](const CheckProgress& progress) {
                        if (options.telling == Telling::verbose && progress.archived != nullptr)
                          std::cerr << archived_line(*progress.archived) << std::endl;
                        if (bar) bar->show(progress);
                        resumed = progress.urls_resumed;
                      });
  bar.reset();
  if (resumed > 0 && options.telling != Telling::quiet) {
    std::cerr << "loccit: went on with a check that was interrupted; " << resumed
              << " sources had been fetched by it\n";
  }
  if (!report) return tl::unexpected(check_stop(report.error()));
  tell_if_nothing_answered(*report, options);
  if (const auto published = archive->publish(); !published) {
    return unfinished(published.error().message + "; the snapshots are kept in " +
                      archive_folder(options).string() + " and go up with the next check");
  }
  return std::move(*report);
}

// Whatever stands in the way of a verdict that counts is known before anything is fetched.
struct Prepared {
  Document document;
  std::optional<Baseline> baseline;
  std::set<std::string> present;  // identities of all citations, also of those --since leaves out
};

tl::expected<Prepared, Stop> prepare(const Options& options) {
  if (const auto writable = expect_writable(options); !writable)
    return tl::unexpected(writable.error());
  if (!options.seal.file.empty()) {
    if (const auto sealable = expect_sealable(options); !sealable)
      return tl::unexpected(sealable.error());
  }
  auto baseline = read_baseline(options);
  if (!baseline) return tl::unexpected(baseline.error());
  auto document = read_inputs(options);
  if (!document) return tl::unexpected(document.error());
  Prepared prepared{std::move(*document), std::move(*baseline), {}};
  prepared.present = identities_of(prepared.document);
  if (!options.since.empty()) {
    if (const auto narrowed = keep_new_citations(prepared.document, options); !narrowed)
      return tl::unexpected(narrowed.error());
  }
  tell_expired_skips(options);
  return prepared;
}

// Kept for sealing and in the history: what stands in the way is told after the verdicts.
tl::expected<CheckRecord, Stop> keep(const Report& report, const Options& options,
                                     std::optional<Registry>& registry, ReportContext& context) {
  auto kept = keep_for_sealing(report, options);
  if (!kept || !registry) return kept;
  remember_earlier(*registry, report, options, context);
  auto recorded = record_report(*registry, report, options, kept->id);
  if (recorded && options.confirmed)
    recorded = mark_unconfirmed(*registry, report, options, context);
  if (!recorded) {
    return unfinished(recorded.error().message +
                      "; the verdicts stand, but the history does not know of this check");
  }
  return kept;
}

CommandResult run_check(const Options& options) {
  const auto prepared = prepare(options);
  if (!prepared) return tl::unexpected(prepared.error());
  std::optional<Registry> registry;
  const auto report = options.offline ? report_from_archive(prepared->document, options)
                                      : check_online(prepared->document, options, registry);
  if (!report) return tl::unexpected(report.error());
  ReportContext context;
  context.since = options.since;
  if (prepared->baseline)
    context.comparison = compare(*report, *prepared->baseline, prepared->present);
  const bool to_keep = !options.offline || !options.seal.file.empty();
  const auto kept = to_keep ? keep(*report, options, registry, context) : CheckRecord{};
  const auto told = tell(*report, options, context);
  if (!told) return told;
  if (!kept) return tl::unexpected(kept.error());
  if (options.seal.file.empty()) return told;
  if (const auto sealed = seal_kept_check(*kept, options); !sealed)
    return tl::unexpected(sealed.error());
  return told;
}

}  // namespace

const Command check_command = {
    "check",
    "Fetch, archive and verify every source that a document cites",
    "Several INPUTs are checked as one: a source that two of them cite is fetched once, and one "
    "report holds all citations,\n"
    "each id after its document's file name (\"letter.txt:c1\").",
    {OptionGroup::inputs, OptionGroup::reading, OptionGroup::archive, OptionGroup::registry,
     OptionGroup::offline, OptionGroup::choosing, OptionGroup::report_files, OptionGroup::format,
     OptionGroup::fail_on, OptionGroup::baseline, OptionGroup::confirmed, OptionGroup::telling,
     OptionGroup::fetching, OptionGroup::seal_file, OptionGroup::sealing, OptionGroup::settings},
    run_check};

}  // namespace loccit
