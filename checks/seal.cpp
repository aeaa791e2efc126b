#include "checks/seal.h"

#include <algorithm>
#include <set>

#include "archive/capture_copy.h"
#include "archive/warc_format.h"
#include "archive/warc_writer.h"
#include "base/digest.h"
#include "checks/bundle_pages.h"
#include "checks/evidence.h"
#include "checks/policy_settings.h"
#include "manifests/attestation.h"
#include "manifests/bundle.h"
#include "manifests/bundle_format.h"
#include "manifests/citation_manifest.h"
#include "manifests/dsse.h"
#include "manifests/verify_text.h"
#include "manifests/warc_index.h"

namespace loccit {
namespace {

constexpr std::string_view imported_warc = "archive/imported.warc.gz";

// authsign and wacz-signing refuse what was created more than ten minutes before its timestamp; a
// minute is for asking.
constexpr std::chrono::minutes stale_after{9};

Timestamp time_of_creation(const Report& report, const SealOptions& options) {
  const Timestamp now = std::chrono::floor<std::chrono::seconds>(options.clock());
  const bool stale =
      !options.identity.authorities.empty() && now - report.finished_at > stale_after;
  return stale ? now : std::chrono::floor<std::chrono::seconds>(report.finished_at);
}

std::string document_key(const DocumentInfo& info) {
  return info.file.empty() ? info.sha256 : info.file;
}

// Everything that goes into the bundle, owned until it is written.
class BundlePacking {
 public:
  BundlePacking(const CheckRecord& check, const SealOptions& options)
      : options_(options), report_(check.report) {
    created_ = time_of_creation(report_, options);
  }

  Result<void> add_records(const Archive& archive, const std::vector<SnapshotRecord>& snapshots) {
    auto copied = archive.copy(snapshots);
    if (!copied) return tl::unexpected(copied.error());
    auto added = add_warc(ours_, bundle_format::warc, warc::capture_layout, copied->ours.view());
    if (added && copied->others.size() > 0)
      added = add_warc(others_, imported_warc, warc::import_layout, copied->others.view());
    if (!added) return added;
    std::sort(index_lines_.begin(), index_lines_.end());
    std::string index;
    for (const std::string& line : index_lines_) index += line;
    add(bundle_format::index, std::move(index));
    return {};
  }

  // The report speaks of places in the bundle, not in the archive that it came from.
  Result<void> point_report_into_bundle() {
    std::vector<ByteSource> sources{ByteSource::of(ours_.view(), std::string(bundle_format::warc))};
    if (others_.size() > 0)
      sources.push_back(ByteSource::of(others_.view(), std::string(imported_warc)));
    const auto inside = Archive::of_files(std::move(sources));
    if (!inside) return tl::unexpected(inside.error());
    if (!inside->messages().empty())
      return fail(FailureKind::conflict,
                  "the copied records cannot be read back: " + inside->messages().front());
    for (Verdict& verdict : report_.verdicts) {
      for (LinkFinding& link : verdict.links) {
        if (!link.snapshot) continue;
        const auto record = inside->find(link.snapshot->id);
        if (!record)
          return fail(FailureKind::not_found, "the snapshot " + link.snapshot->id + " of " +
                                                  link.url + " did not get into the bundle");
        link.snapshot->warc = record->warc;
        link.snapshot->offset = record->offset;
        link.snapshot->length = record->length;
      }
    }
    return {};
  }

  Result<void> add_pages(const Archive& archive, const std::vector<SnapshotRecord>& snapshots,
                         const Policy& policy) {
    const auto pages = pages_of(snapshots, archive, policy);
    if (!pages) return tl::unexpected(pages.error());
    if (!pages->empty()) main_page_ = pages->front().url;
    add(bundle_format::pages, write_pages(*pages));
    return {};
  }

  // Compact JSON: a page may cost 10 KB beyond its own records, and entries are stored as they are.
  Result<void> add_own_files(const CheckRecord& check) {
    add(bundle_format::manifest, write_json(manifest_to_json(report_.document)));
    const std::string report = write_json(report_to_json(report_));
    // As an auditor will read it, so that its page is the same then.
    const auto as_read = report_from_json(report, {.max_bytes = report.size()});
    if (!as_read) return tl::unexpected(as_read.error());
    add(bundle_format::report, report);
    if (options_.html) add(bundle_format::html_report, options_.html(*as_read));
    if (options_.document == KeepDocument::yes) {
      for (const CheckedDocument& document : check.documents) {
        add(std::string(bundle_format::document_folder) + document.file_name, document.content);
      }
    }
    auto attestation =
        seal_envelope(in_toto_payload_type, in_toto_statement(report_), options_.identity.key);
    if (!attestation) return tl::unexpected(attestation.error());
    add(bundle_format::attestation, *std::move(attestation));
    add(bundle_format::verify_text, verify_text(options_.identity));
    return {};
  }

  BundleContents contents(const CheckRecord& check,
                          const std::optional<SealedBundle>& previous) const {
    BundleContents out;
    out.files.push_back({std::string(bundle_format::warc), ours_.view()});
    if (others_.size() > 0) out.files.push_back({std::string(imported_warc), others_.view()});
    for (const auto& [path, content] : files_) out.files.push_back({path, content});
    out.title = report_.document.info.title.empty()
                    ? "Citations of " + document_key(report_.document.info)
                    : report_.document.info.title;
    out.created = created_;
    out.main_page = main_page_;
    out.loccit.set("check", check.id);
    out.loccit.set("settings", check.settings);
    out.loccit.set("document", Json::object({{"file", report_.document.info.file},
                                             {"sha256", report_.document.info.sha256}}));
    if (previous) {
      out.loccit.set("previous", Json::object({{"sha256", previous->sha256},
                                               {"created", previous->created},
                                               {"file", previous->file}}));
    }
    return out;
  }

  Timestamp created() const { return created_; }

 private:
  Result<void> add_warc(Spool& out, std::string_view path, std::string_view layout, Bytes records) {
    const std::string name(path.substr(path.rfind('/') + 1));
    const auto head = append_warcinfo(out, id_of_content(sha256(records)), created_, name, layout,
                                      {{"software", "loccit/" LOCCIT_VERSION}});
    if (!head) return tl::unexpected(head.error());
    if (auto appended = out.append(records); !appended) return appended;
    const auto index = index_warc(out.view(), name);
    if (!index) return tl::unexpected(index.error());
    for (std::size_t at = 0; at < index->size();) {
      const std::size_t end = index->find('\n', at) + 1;
      index_lines_.push_back(index->substr(at, end - at));
      at = end;
    }
    return {};
  }

  void add(std::string_view path, std::string content) {
    files_.emplace_back(path, std::move(content));
  }

  const SealOptions& options_;
  Report report_;
  Timestamp created_;
  Spool ours_, others_;
  std::vector<std::string> index_lines_;
  std::vector<std::pair<std::string, std::string>> files_;  // path → content, in the bundle's order
  std::string main_page_;
};

}  // namespace

Result<SealOutcome> seal_check(const CheckRecord& check, const Archive& archive,
                               const std::filesystem::path& path, const SealOptions& options) {
  const Policy policy = policy_from_json(check.settings);
  const auto evidence = gather_evidence(check.report, archive, policy);
  if (!evidence) return tl::unexpected(evidence.error());
  // Whoever audits the bundle would find the same.
  if (const std::string difference = first_difference(check.report, evidence->verdicts);
      !difference.empty()) {
    return fail(FailureKind::conflict,
                "the check's verdicts cannot be made again from the archive (" + difference +
                    "); check again, then seal");
  }

  BundlePacking packing(check, options);
  if (auto added = packing.add_records(archive, evidence->snapshots); !added)
    return tl::unexpected(added.error());
  if (auto pointed = packing.point_report_into_bundle(); !pointed)
    return tl::unexpected(pointed.error());
  if (auto added = packing.add_pages(archive, evidence->snapshots, policy); !added)
    return tl::unexpected(added.error());
  if (auto added = packing.add_own_files(check); !added) return tl::unexpected(added.error());

  const std::string document = document_key(check.report.document.info);
  auto previous = last_seal_of(archive.folder(), document);
  if (!previous) return tl::unexpected(previous.error());
  auto note = write_bundle(path, packing.contents(check, *previous), options.identity);
  if (!note) return tl::unexpected(note.error());
  const auto kept =
      keep_seal(archive.folder(), {document, check.id, path.filename().string(),
                                   note->bundle_sha256, to_iso8601(packing.created())});
  if (!kept) return tl::unexpected(kept.error());
  return SealOutcome{*std::move(note), evidence->snapshots.size(), *std::move(previous)};
}

}  // namespace loccit
