#include "checks/audit.h"

#include <algorithm>
#include <iostream>

#include "base/digest.h"
#include "base/durable_file.h"
#include "base/files.h"
#include "base/mapped_file.h"
#include "cli/command.h"
#include "cli/report_files.h"
#include "cli/sealing.h"
#include "cli/terminal.h"

namespace loccit {
namespace {

tl::expected<std::optional<TrustAnchors>, Stop> read_trust(const std::vector<std::string>& files) {
  if (files.empty()) return std::nullopt;
  TrustAnchors anchors;
  for (const std::string& file : files) {
    const auto pem = read_file(file, {.max_bytes = 16U << 20U});
    if (!pem) return misuse(pem.error().message);
    if (const auto added = add_trust_anchors(*pem, anchors); !added)
      return misuse(file + ": " + added.error().message);
  }
  return anchors;
}

tl::expected<std::optional<std::string>, Stop> digest_of(const std::string& file) {
  if (file.empty()) return std::nullopt;
  const auto mapped = MappedFile::open(file);
  if (!mapped) return misuse(mapped.error().message);
  return to_hex(sha256(mapped->view()));
}

bool skipped(const Options& options, const char* what) {
  return std::find(options.audit.skip.begin(), options.audit.skip.end(), what) !=
         options.audit.skip.end();
}

// For people: the JSON has the field's name.
std::string title(std::string id) {
  std::replace(id.begin(), id.end(), '_', ' ');
  return id;
}

StyledText shown(AuditState state) {
  switch (state) {
    case AuditState::ok:
      return {"ok      ", Style::green};
    case AuditState::failed:
      return {"FAILED  ", Style::red};
    case AuditState::absent:
      return {"absent  ", Style::dim};
    case AuditState::unknown:
      return {"unknown ", Style::yellow};
  }
  return {"", Style::plain};
}

void print_audit(const Audit& audit, std::ostream& out, const Page& page) {
  for (const AuditLine& line : audit.lines) {
    print_wrapped(out, page, shown(line.state),
                  {{title(line.id) + ": ", Style::bold}, {printable(line.words)}});
    for (std::size_t i = 1; i < line.problems.size(); ++i)
      print_wrapped(out, page, {"          "}, {{printable(line.problems[i])}});
    for (const std::string& remark : line.remarks)
      print_wrapped(out, page, {"          "}, {{"note: " + printable(remark), Style::dim}});
  }
  if (!audit.holds()) {
    print_wrapped(out, page, {""}, {{"This bundle does not hold: see what FAILED.", Style::red}});
  } else if (audit.report) {
    const Summary summary = summarize(*audit.report);
    print_wrapped(out, page, {""},
                  {{"This bundle holds. It says of " + std::to_string(summary.citations) +
                    (summary.citations == 1 ? " citation: " : " citations: ") +
                    std::to_string(summary.intact) + " intact, " + std::to_string(summary.drifted) +
                    " drifted, " + std::to_string(summary.rotten) + " rotten, " +
                    std::to_string(summary.unverifiable) + " unverifiable."}});
  } else {
    print_wrapped(out, page, {""}, {{"Nothing here contradicts this bundle; it holds no report."}});
  }
}

// Only what is whole is written, and only into a folder that is new or empty.
tl::expected<void, Stop> extract(const Bundle& bundle, const std::string& to) {
  std::error_code error;
  const std::filesystem::path root(to);
  if (std::filesystem::exists(root) && !std::filesystem::is_empty(root, error))
    return misuse(to + ": is not empty; name a new folder for --extract");
  for (const ZipEntry& entry : bundle.zip.entries) {
    if (entry.name.back() == '/') continue;
    const auto path = path_inside(root, entry.name);
    if (!path) return unfinished(path.error().message);
    std::filesystem::create_directories(path->parent_path(), error);
    if (error) return unfinished(io_failure(error.value(), path->parent_path().string()).message);
    auto file = DurableFile::create(*path);
    if (!file) return unfinished(file.error().message);
    const auto written = read_zip_entry(entry, [&](Bytes chunk) { return file->append(chunk); });
    if (!written) return unfinished(written.error().message);
    if (const auto committed = file->commit(); !committed)
      return unfinished(committed.error().message);
  }
  return {};
}

tl::expected<void, Stop> extract_if_whole(const Audit& audit, Bytes bytes, const Options& options) {
  if (options.audit.extract_to.empty()) return {};
  if (audit.lines.front().state != AuditState::ok) {
    std::cerr << "loccit: nothing was extracted, since the bundle is not whole\n";
    return {};
  }
  const auto bundle = read_bundle(bytes);
  if (!bundle) return unfinished(bundle.error().message);
  return extract(*bundle, options.audit.extract_to);
}

CommandResult run_audit(const Options& options) {
  const std::string& file = options.inputs.front();
  if (const auto writable = expect_writable(options); !writable)
    return tl::unexpected(writable.error());
  const auto trust = read_trust(options.audit.trust);
  if (!trust) return tl::unexpected(trust.error());
  const auto previous = digest_of(options.audit.previous);
  if (!previous) return tl::unexpected(previous.error());
  const auto mapped = MappedFile::open(file);
  if (!mapped) return misuse(mapped.error().message);
  if (!looks_like_zip(mapped->view()))
    return misuse(file + ": is no WACZ bundle (a WACZ file is a ZIP file)");
  const auto source = ByteSource::open(file);
  if (!source) return misuse(source.error().message);

  const AuditOptions wanted{.trust = *trust,
                            .previous_sha256 = *previous,
                            .records = !skipped(options, "records"),
                            .verdicts = !skipped(options, "verdicts"),
                            .page = html_page,
                            .now = system_clock()()};
  const Audit audit =
      audit_bundle(mapped->view(), *source, wanted, [&](Bytes part) { mapped->release(part); });
  if (!options.json.empty()) {
    const auto written =
        write_to(options.json, write_json(audit_to_json(audit), JsonStyle::pretty));
    if (!written) return tl::unexpected(written.error());
  }
  if (options.telling != Telling::quiet) {
    const Stream stream = standard_output_taken(options) ? Stream::err : Stream::out;
    print_audit(audit, stream == Stream::out ? std::cout : std::cerr,
                {terminal_width(stream), wants_colour(stream)});
  }
  if (const auto extracted = extract_if_whole(audit, mapped->view(), options); !extracted)
    return tl::unexpected(extracted.error());
  if (!audit.holds()) return ExitCode::found;
  return audit.report ? outcome(*audit.report, options.fail_on) : ExitCode::fine;
}

}  // namespace

const Command audit_command = {
    "audit",
    "Check a sealed bundle offline: integrity, signature, timestamp, and every verdict again",
    "One line for each claim; docs/audit.md says what each proves. Exits with 1 where a line "
    "FAILED, and with --trust also where\n"
    "nobody signed, or the signer or the authority is outside of the roots given; and, as in every "
    "command, where a verdict of\n"
    "--fail-on occurs. With --fail-on none the exit code speaks of the evidence alone.",
    {OptionGroup::auditing, OptionGroup::trusting, OptionGroup::fail_on, OptionGroup::telling,
     OptionGroup::settings},
    run_audit};

}  // namespace loccit
