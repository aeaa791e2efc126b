// --fail-on to exit code: the one home of the exit codes (contract, "Exit codes").
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "ci/reports.h"
#include "manifests/report.h"

namespace loccit {

enum class ExitCode { fine = 0, found = 1, misuse = 2, unfinished = 3 };

// "drifted,rotten"; an unknown word is a failure that lists the known ones. "" or "none" never
// fails.
Result<std::vector<VerdictKind>> parse_fail_on(std::string_view list);
// What has an excuse does not count.
ExitCode outcome(const Report& report, const std::vector<VerdictKind>& fail_on,
                 const ReportContext& context = {});

}  // namespace loccit
