// A report in the forms that other programs and people read.
#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "ci/baseline.h"
#include "manifests/report.h"

namespace loccit {

enum class ReportFormat { html, junit, sarif, markdown, codequality };
std::optional<ReportFormat> report_format_from(std::string_view name);

// What was found of a citation at an earlier check.
struct EarlierVerdict {
  Timestamp at;
  VerdictKind verdict = VerdictKind::intact;
  std::string reason;
};

struct EarlierCheck {
  Timestamp at;
  Summary summary;
};

// What a report may say besides its verdicts; nothing of it is needed.
struct ReportContext {
  Comparison comparison;                             // against loccit.lock
  std::vector<EarlierCheck> checks;                  // of the whole document, oldest first
  std::vector<std::vector<EarlierVerdict>> earlier;  // per verdict, oldest first; or empty
  std::vector<std::string> unconfirmed;  // per verdict, why it does not count yet; or empty
  std::string since;  // the git revision, where only what is new since then was checked
};

// Whether a verdict's reason has said what an error says; it begins with a capital letter.
bool says(const std::string& reason, const std::string& error);

// Of a report without citations: why there are none.
std::string nothing_checked(const Report& report, const ReportContext& context);

// Why a verdict does not count against the check: "accepted: …", "not confirmed yet: …", or "".
std::string excuse_of(const ReportContext& context, std::size_t verdict);

void write_report(const Report& report, ReportFormat format, std::ostream& out,
                  const ReportContext& context = {});

// Workflow commands that GitHub shows at the lines of the document, the worst first.
void write_github_annotations(const Report& report, const ReportContext& context,
                              std::ostream& out);

}  // namespace loccit
