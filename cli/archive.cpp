#include "archive/archive.h"

#include <iostream>

#include "archive/archive_check.h"
#include "archive/import.h"
#include "archive/remote_store.h"
#include "base/mapped_file.h"
#include "checks/retention.h"
#include "cli/command.h"
#include "cli/opening.h"
#include "cli/registry_opening.h"
#include "manifests/audit_records.h"
#include "manifests/bundle_reader.h"

namespace loccit {
namespace {

std::string counted(std::uint64_t number, const char* what) {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

void tell(const Options& options, const std::string& words) {
  if (options.telling != Telling::quiet) std::cout << words << '\n';
}

ExitCode tell_faults(const std::vector<std::string>& faults) {
  for (const std::string& fault : faults) std::cerr << "loccit: " << fault << '\n';
  return faults.empty() ? ExitCode::fine : ExitCode::found;
}

CommandResult run_verify(const Options& options) {
  if (!options.inputs.empty())
    return misuse("archive verify reads the whole archive: it takes no files");
  const auto archive = open_archive(options, ArchiveMode::read);
  if (!archive) return tl::unexpected(archive.error());
  const auto check = archive->check([&](const std::string& warc) {
    if (options.telling == Telling::verbose) std::cerr << "reading " << warc << '\n';
  });
  if (!check) return unfinished(check.error().message);
  std::vector<std::string> faults = archive->messages();  // what opening found torn or gone
  faults.insert(faults.end(), check->faults.begin(), check->faults.end());
  if (options.telling == Telling::verbose) {
    for (const std::string& remark : check->remarks) std::cerr << "note: " << remark << '\n';
  }
  tell(options, counted(check->files, "file") + ", " + counted(check->records, "record") + ", " +
                    counted(check->digests, "digest") + " checked, " +
                    counted(check->snapshots, "snapshot") +
                    " read: " + (faults.empty() ? "all hold" : counted(faults.size(), "fault")));
  return tell_faults(faults);
}

// The WARC files inside of a bundle, once the bundle's own hashes hold.
tl::expected<std::vector<ByteSource>, Stop> warcs_of_bundle(const std::string& file, Bytes bytes,
                                                            const ByteSource& source,
                                                            std::vector<std::string>& room) {
  const auto bundle = read_bundle(bytes);
  if (!bundle)
    return misuse(
        file + ": " + bundle.error().message +
        "; it was not imported. What can be unpacked of it may be imported as WARC files");
  if (const AuditLine whole = check_integrity(*bundle); whole.state == AuditState::failed)
    return misuse(file + ": was not imported, since it is not whole: " + whole.words);
  auto warcs = warc_files(*bundle, source, room);
  if (!warcs) return misuse(file + ": " + warcs.error().message);
  if (warcs->empty()) return misuse(file + ": holds no WARC file");
  return std::move(*warcs);
}

tl::expected<ExitCode, Stop> import_file(const std::string& file, Archive& archive,
                                         const Options& options) {
  const auto source = ByteSource::open(file);
  if (!source) return misuse(source.error().message);
  const auto mapped = MappedFile::open(file);
  if (!mapped) return misuse(mapped.error().message);
  std::vector<std::string> room;
  std::vector<ByteSource> warcs{*source};
  if (looks_like_zip(mapped->view())) {
    auto inside = warcs_of_bundle(file, mapped->view(), *source, room);
    if (!inside) return tl::unexpected(inside.error());
    warcs = std::move(*inside);
  }
  ExitCode code = ExitCode::fine;
  for (const ByteSource& warc : warcs) {
    const auto imported = archive.import(warc);
    if (!imported) {
      const bool theirs = imported.error().kind == FailureKind::malformed;
      return theirs ? misuse(imported.error().message) : unfinished(imported.error().message);
    }
    const std::string what = warcs.size() > 1 ? file + ", " + warc.name() : file;
    if (imported->known) {
      tell(options, what + ": is in the archive already, as " + imported->warc);
      continue;
    }
    tell(options, what + ": " + counted(imported->records, "record") + ", " +
                      counted(imported->snapshots, "snapshot") + ", as " + imported->warc);
    if (tell_faults(imported->messages) != ExitCode::fine) code = ExitCode::found;
  }
  return code;
}

CommandResult run_import(const Options& options) {
  if (options.inputs.empty()) return misuse("archive import needs the files to import");
  for (const std::string& file : options.inputs) {
    if (const auto source = ByteSource::open(file); !source) return misuse(source.error().message);
  }
  auto archive = open_archive(options, ArchiveMode::write);
  if (!archive) return tl::unexpected(archive.error());
  ExitCode code = ExitCode::fine;
  for (const std::string& file : options.inputs) {
    const auto imported = import_file(file, *archive, options);
    if (!imported) return imported;
    if (*imported != ExitCode::fine) code = *imported;
  }
  return code;
}

CommandResult run_reindex(const Options& options) {
  if (!options.inputs.empty())
    return misuse("archive reindex reads the whole archive: it takes no files");
  if (!std::filesystem::is_directory(archive_folder(options)))
    return misuse("there is no archive at " + archive_folder(options).string());
  const auto archive =
      Archive::open(archive_folder(options), ArchiveMode::write, {.rebuild_index = true});
  if (!archive) return unfinished(archive.error().message);
  for (const std::string& message : archive->messages()) std::cerr << "loccit: " << message << '\n';
  tell(options, "the index was made anew: " + counted(archive->all().size(), "snapshot"));
  return ExitCode::fine;
}

CommandResult run_prune(const Options& options) {
  if (!options.inputs.empty()) return misuse("archive prune takes no files");
  if (!options.pruning.keep) return misuse("archive prune needs --keep AGE, as in --keep 90d");
  if (s3_place_from(options.archive.string()))
    return misuse("archive prune: what lies in an S3 store is not pruned");
  auto registry = open_existing_registry(options);
  if (!registry) return tl::unexpected(registry.error());
  auto archive = open_archive(options, ArchiveMode::write);
  if (!archive) return tl::unexpected(archive.error());
  const auto kept = snapshots_to_keep(*archive, *registry);
  if (!kept) return unfinished(kept.error().message + "; nothing was removed");
  const Timestamp limit = system_clock()() - *options.pruning.keep;
  const auto removable = [&](const SnapshotRecord& record) {
    return record.fetched_at < limit && !kept->contains(record.id);
  };
  const auto would_go = archive->prune(removable, Archive::Prune::look);
  if (!would_go) return unfinished(would_go.error().message + "; nothing was removed");
  for (const SnapshotRecord& record : would_go->snapshots)
    tell(options, to_iso8601(record.fetched_at) + "  " + record.requested_url + "  " + record.id);
  const std::string sum = counted(would_go->snapshots.size(), "snapshot") + ", " +
                          std::to_string(would_go->bytes) + " bytes";
  if (!options.pruning.yes) {
    tell(options, sum + " would go" +
                      (would_go->snapshots.empty() ? "" : "; `archive prune --yes` removes them"));
    return ExitCode::fine;
  }
  const auto gone = archive->prune(removable, Archive::Prune::remove);
  if (!gone) return unfinished(gone.error().message + "; run it again, or `loccit archive verify`");
  tell(options, sum + " are gone");
  return ExitCode::fine;
}

CommandResult run_archive(const Options& options) {
  if (options.action != "prune" && (options.pruning.keep || options.pruning.yes))
    return misuse("--keep and --yes are for archive prune");
  if (options.action == "prune") return run_prune(options);
  if (options.action == "verify") return run_verify(options);
  if (options.action == "import") return run_import(options);
  return run_reindex(options);
}

}  // namespace

const Command archive_command = {
    "archive",
    "Verify the archive, import other tools' WARC and WACZ files, make the index anew, or prune",
    "verify   reads every record and every snapshot and checks every digest; exits with 1 where "
    "one "
    "does not hold\n"
    "import   takes in FILE.warc, .warc.gz, .warc.zst or .wacz (wget, Browsertrix, "
    "ArchiveWeb.page, "
    "...); then\n"
    "         `loccit verify` or `loccit check --offline` judges documents against them. Records "
    "that break their own\n"
    "         digests are left out and named; the exit code is then 1\n"
    "reindex  makes the index anew from the WARC files alone\n"
    "prune    lists the snapshots older than --keep that no verdict, kept check, baseline or "
    "bundle "
    "rests on: what\n"
    "         interrupted checks left, and copies between two checks; with --yes it removes them",
    {OptionGroup::archive_job, OptionGroup::archive, OptionGroup::registry, OptionGroup::telling,
     OptionGroup::settings},
    run_archive};

}  // namespace loccit
