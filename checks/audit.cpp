#include "checks/audit.h"

#include <algorithm>
#include <future>

#include "checks/check.h"
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

AuditLine left_out(std::string id) {
  AuditLine line{.id = std::move(id)};
  line.words = "left out, as asked";
  return line;
}

AuditLine check_previous(const Bundle& bundle, const std::optional<std::string>& given) {
  AuditLine line{.id = "previous"};
  const Json* own = bundle.datapackage.find("loccit");
  const Json* previous = own == nullptr ? nullptr : own->find("previous");
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
    return line;
  }
  const auto envelope =
      bundle_file(bundle, bundle_format::attestation).and_then([](const std::string& text) {
        return read_envelope(text);
      });
  if (!envelope) {
    line.fail_because(envelope.error().message);
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
    return report_from_json(text, {.max_bytes = max_json});
  });
}

// The manifest is what was asked, the snapshots are what was found; the report is the claim.
Result<std::vector<Verdict>> make_again(const Bundle& bundle, const ByteSource& file,
                                        const Report& claimed) {
  const auto document =
      bundle_file(bundle, bundle_format::manifest, max_json).and_then([](const std::string& text) {
        return manifest_from_json(text, {.max_bytes = max_json});
      });
  if (!document) return tl::unexpected(document.error());
  if (manifest_to_json(*document) != manifest_to_json(claimed.document)) {
    return fail(FailureKind::conflict, "the report speaks of other citations than the manifest");
  }
  std::vector<std::string> room;
  auto files = warc_files(bundle, file, room);
  if (!files) return tl::unexpected(files.error());
  const auto archive = Archive::of_files(std::move(*files));
  if (!archive) return tl::unexpected(archive.error());
  const Json* own = bundle.datapackage.find("loccit");
  const Json* settings = own == nullptr ? nullptr : own->find("settings");
  CheckOptions options;
  if (settings != nullptr) options.policy = policy_from_json(*settings);
  return verify(*document, *archive, options).map([](Report made) {
    return std::move(made.verdicts);
  });
}

AuditLine check_verdicts(const Bundle& bundle, const ByteSource& file, Audit& audit) {
  const std::optional<Report>& report = audit.report;
  AuditLine line{.id = "verdicts"};
  if (bundle.zip.find(bundle_format::report) == nullptr) {
    line.state = AuditState::absent;
    line.words = "there is no report inside: nothing is claimed of any citation";
    return line;
  }
  if (!report) {
    line.fail_because("the report cannot be read: " + read_report(bundle).error().message);
    return line;
  }
  auto made = make_again(bundle, file, *report);
  const std::string difference = made ? first_difference(*report, *made) : "";
  const bool other_version = report->tool_version != LOCCIT_VERSION;
  const std::string versions = other_version ? " (sealed by loccit " + report->tool_version +
                                                   ", audited by " LOCCIT_VERSION ")"
                                             : "";
  if (!made) {
    line.fail_because("the verdicts cannot be made again: " + made.error().message);
  } else if (!difference.empty()) {
    line.fail_because(difference + versions);
  }
  if (made) audit.made_again = std::move(*made);
  const std::size_t count = report->verdicts.size();
  line.facts.set("citations", static_cast<std::int64_t>(count));
  line.conclude(
      count == 1
          ? "the verdict was made again from the snapshots inside and is the report's"
          : std::to_string(count) +
                " verdicts were made again from the snapshots inside; all are as the report says");
  return line;
}

AuditLine unreadable(const Failure& failure) {
  AuditLine line{.id = "integrity"};
  line.fail_because(failure.message);
  return line;
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
    audit.lines.push_back(unreadable(bundle.error()));
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
  audit.lines.push_back(options.verdicts ? check_verdicts(*bundle, file, audit)
                                         : left_out("verdicts"));
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
