#include "checks/audit.h"

#include <algorithm>
#include <future>

#include "checks/audit_contents.h"
#include "checks/evidence.h"
#include "checks/policy_settings.h"
#include "manifests/attestation.h"
#include "manifests/audit_records.h"
#include "manifests/audit_seal.h"
#include "manifests/bundle_format.h"
#include "manifests/citation_manifest.h"
#include "manifests/dsse.h"

namespace loccit {
namespace {

constexpr std::size_t max_json = 256U << 20U;
constexpr std::size_t max_values = 1U << 30U;  // bytes of memory that its values may take

AuditLine left_out(std::string id) {
  AuditLine line{.id = std::move(id)};
  line.words = "left out, as asked";
  return line;
}

AuditLine check_previous(const Bundle& bundle, const std::optional<std::string>& given) {
  AuditLine line{.id = "previous"};
  const Json* previous = bundle.own().find("previous");
  const Json* digest = previous == nullptr ? nullptr : previous->find("sha256");
  if (digest == nullptr || digest->as_string() == nullptr) {
    line.state = AuditState::absent;
    line.words = "the bundle names no predecessor";
    if (given) line.fail_because("a predecessor was given, and the bundle names none");
    return line;
  }
  line.facts = *previous;
  if (!given) {
    line.words = "it follows the bundle with SHA-256 " + *digest->as_string() +
                 "; give that one with --previous to check";
  } else if (*given != *digest->as_string()) {
    line.fail_because("it follows the bundle with SHA-256 " + *digest->as_string() +
                      ", the one given has " + *given);
  }
  if (given) line.conclude("it follows the bundle given with --previous");
  return line;
}

AuditLine check_attestation(const Bundle& bundle, const std::optional<Report>& report,
                            const std::string& public_key) {
  AuditLine line{.id = "attestation"};
  if (bundle.zip.find(bundle_format::attestation) == nullptr) {
    line.state = AuditState::absent;
    line.words = "there is no statement of the verdicts for other tools";
    if (bundle.by_loccit)
      line.fail_because(
          "the statement of the verdicts was removed: loccit seals every bundle with one");
    return line;
  }
  const auto envelope =
      bundle_file(bundle, bundle_format::attestation).and_then([](const std::string& text) {
        return read_envelope(text);
      });
  if (!envelope) {
    line.fail_because(envelope.error().message);
  } else if (envelope->payload_type != in_toto_payload_type) {
    line.fail_because("it is no in-toto statement");
  } else if (public_key.empty()) {
    line.fail_because("there is no sound signature of the bundle to compare it with");
  } else if (const auto holds = verify_envelope(*envelope, public_key); !holds) {
    line.fail_because("it was not signed by the bundle's signer: " + holds.error().message);
  } else if (!report || envelope->payload != in_toto_statement(*report)) {
    line.fail_because("it does not say what the report says");
  }
  line.conclude(
      "the statement of the verdicts is signed by the bundle's signer and says what the report "
      "says");
  return line;
}

Result<Report> read_report(const Bundle& bundle) {
  return bundle_file(bundle, bundle_format::report, max_json).and_then([](const std::string& text) {
    return report_from_json(text, {.max_bytes = max_json, .max_output = max_values});
  });
}

// The bundle's records opened, and judged again.
struct JudgedAgain {
  std::vector<std::string> room;  // of records that were compressed in the bundle
  std::optional<Archive> archive;
  Policy policy;
  Evidence evidence;
};

// The manifest is what was asked, the snapshots are what was found; the report is the claim.
Result<void> make_again(const Bundle& bundle, const ByteSource& file, const Report& claimed,
                        JudgedAgain& again) {
  const auto document =
      bundle_file(bundle, bundle_format::manifest, max_json).and_then([](const std::string& text) {
        return manifest_from_json(text, {.max_bytes = max_json, .max_output = max_values});
      });
  if (!document) return tl::unexpected(document.error());
  if (manifest_to_json(*document) != manifest_to_json(claimed.document)) {
    return fail(FailureKind::conflict, "the report speaks of other citations than the manifest");
  }
  auto files = warc_files(bundle, file, again.room);
  if (!files) return tl::unexpected(files.error());
  auto archive = Archive::of_files(std::move(*files));
  if (!archive) return tl::unexpected(archive.error());
  again.archive.emplace(std::move(*archive));
  if (const Json* settings = bundle.own().find("settings"))
    again.policy = policy_from_json(*settings);
  auto evidence = gather_evidence(claimed, *again.archive, again.policy);
  if (!evidence) return tl::unexpected(evidence.error());
  again.evidence = std::move(*evidence);
  return {};
}

AuditLine compare_verdicts(const Report& report, const std::vector<Verdict>& made) {
  AuditLine line{.id = "verdicts"};
  const bool other_version = report.tool_version != LOCCIT_VERSION;
  if (const std::string difference = first_difference(report, made); !difference.empty()) {
    line.fail_because(difference + (other_version ? " (sealed by loccit " + report.tool_version +
                                                        ", audited by " LOCCIT_VERSION ")"
                                                  : ""));
  }
  const std::size_t count = report.verdicts.size();
  line.facts.set("citations", static_cast<std::int64_t>(count));
  line.conclude(
      count == 1
          ? "the verdict was made again from the snapshots inside and is the report's"
          : std::to_string(count) +
                " verdicts were made again from the snapshots inside; all are as the report says");
  return line;
}

// Two lines: the verdicts, and what is shown of them.
void check_claims(const Bundle& bundle, const ByteSource& file, const AuditOptions& options,
                  Audit& audit) {
  AuditLine verdicts{.id = "verdicts"}, contents{.id = "contents"};
  const auto end = [&](AuditState state, const std::string& about_verdicts,
                       const char* about_contents) {
    for (AuditLine* line : {&verdicts, &contents}) line->state = state;
    verdicts.words = about_verdicts;
    contents.words = about_contents;
    if (state == AuditState::failed) verdicts.problems = {about_verdicts};
    if (state == AuditState::failed) contents.problems = {about_contents};
    audit.lines.push_back(std::move(verdicts));
    audit.lines.push_back(std::move(contents));
  };
  if (bundle.zip.find(bundle_format::report) == nullptr) {
    const bool lost = bundle.by_loccit;
    return end(lost ? AuditState::failed : AuditState::absent,
               lost ? "the report was removed: loccit seals every bundle with one"
                    : "there is no report inside: nothing is claimed of any citation",
               "there is no report to hold anything against");
  }
  const auto report = read_report(bundle);
  if (!report)
    return end(AuditState::failed, "the report cannot be read: " + report.error().message,
               "there is no report to hold anything against");
  JudgedAgain again;
  if (const auto made = make_again(bundle, file, *report, again); !made) {
    return end(AuditState::failed, "the verdicts cannot be made again: " + made.error().message,
               "the snapshots cannot be read");
  }
  audit.lines.push_back(compare_verdicts(*report, again.evidence.verdicts));
  audit.lines.push_back(check_contents(
      {bundle, *report, *again.archive, again.evidence, again.policy, options.page}));
  audit.made_again = std::move(again.evidence.verdicts);
}

// Every field is there, whatever became of the bundle.
std::vector<AuditLine> unreadable(const Failure& failure) {
  std::vector<AuditLine> lines{{.id = "integrity"}};
  lines.front().fail_because(failure.message);
  for (const char* id : {"records", "signature", "signer_trusted", "time", "authority_trusted",
                         "previous", "attestation", "verdicts", "contents"}) {
    lines.push_back({.id = id});
    lines.back().words = "not looked at, since the bundle cannot be opened";
  }
  return lines;
}

}  // namespace

const AuditLine* Audit::find(std::string_view id) const {
  const auto line =
      std::find_if(lines.begin(), lines.end(), [&](const AuditLine& l) { return l.id == id; });
  return line == lines.end() ? nullptr : &*line;
}

bool Audit::holds() const {
  return std::none_of(lines.begin(), lines.end(),
                      [](const AuditLine& l) { return l.state == AuditState::failed; });
}

Audit audit_bundle(Bytes bytes, const ByteSource& file, const AuditOptions& options,
                   const PageRelease& release) {
  Audit audit;
  const auto bundle = read_bundle(bytes);
  if (!bundle) {
    audit.lines = unreadable(bundle.error());
    return audit;
  }
  // Hashing the file and unpacking its records are the two long jobs, and need nothing of each
  // other.
  auto records = std::async(std::launch::async, [&] {
    return options.records ? check_records(*bundle, file) : left_out("records");
  });
  audit.lines.push_back(check_integrity(*bundle, release));
  SealLines seal = check_seal(*bundle, options.trust, options.now);
  audit.lines.push_back(records.get());
  for (AuditLine* line :
       {&seal.signature, &seal.signer_trusted, &seal.time, &seal.authority_trusted})
    audit.lines.push_back(std::move(*line));
  if (const auto report = read_report(*bundle)) audit.report = *report;
  audit.lines.push_back(check_previous(*bundle, options.previous_sha256));
  audit.lines.push_back(check_attestation(*bundle, audit.report, seal.signer_public_key));
  if (options.verdicts) {
    check_claims(*bundle, file, options, audit);
  } else {
    audit.lines.push_back(left_out("verdicts"));
    audit.lines.push_back(left_out("contents"));
  }
  return audit;
}

Json audit_to_json(const Audit& audit) {
  Json json =
      Json::object({{"schema", "loccit.audit/1"},
                    {"tool", Json::object({{"name", "loccit"}, {"version", LOCCIT_VERSION}})}});
  if (audit.report) {
    Report report = *audit.report;
    if (audit.made_again && audit.made_again->size() == report.document.citations.size())
      report.verdicts = *audit.made_again;
    json = report_to_json(report);
  }
  json.set("holds", audit.holds());
  for (const AuditLine& line : audit.lines) json.set(line.id, to_json(line));
  return json;
}

}  // namespace loccit
