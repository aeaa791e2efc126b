// A sealed bundle doubted in every respect, offline. docs/audit.md says what each line proves.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/byte_source.h"
#include "manifests/audit_line.h"
#include "manifests/bundle_reader.h"
#include "manifests/certificates.h"
#include "manifests/report.h"

namespace loccit {

struct AuditOptions {
  std::optional<TrustAnchors> trust;               // nullopt: none named, trust stays unknown
  std::optional<std::string> previous_sha256;      // of the bundle given as predecessor, hex
  bool records = true, verdicts = true;            // whether to make these checks
  std::function<std::string(const Report&)> page;  // how a report is shown: compared where given
  Timestamp now = system_clock()();
};

struct Audit {
  std::vector<AuditLine> lines;                    // in the order of docs/audit.md
  std::optional<Report> report;                    // as it stands in the bundle
  std::optional<std::vector<Verdict>> made_again;  // from the snapshots inside

  const AuditLine* find(std::string_view id) const;
  bool holds() const;  // no line failed
};

// `bytes` and `file` are the same bundle, as a view and to be read in pieces; `release` is told
// what of the view is done with.
Audit audit_bundle(Bytes bytes, const ByteSource& file, const AuditOptions& options,
                   const PageRelease& release = {});

// loccit.report/1 with the verdicts made again where they were, else with those claimed; and a
// field for each line, under the line's id. Where there is no report inside, the lines alone
// (loccit.audit/1).
Json audit_to_json(const Audit& audit);

}  // namespace loccit
