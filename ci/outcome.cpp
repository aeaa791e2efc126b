#include "ci/outcome.h"

#include <algorithm>

namespace loccit {

Result<std::vector<VerdictKind>> parse_fail_on(std::string_view list) {
  std::vector<VerdictKind> kinds;
  if (list.empty() || list == "none") return kinds;
  while (true) {
    const std::size_t comma = list.find(',');
    std::string_view word = list.substr(0, comma);
    while (word.starts_with(' ')) word.remove_prefix(1);
    while (word.ends_with(' ')) word.remove_suffix(1);
    const auto kind = verdict_kind_from(word);
    if (!kind) {
      return fail(FailureKind::malformed,
                  "\"" + std::string(word) +
                      "\" is no verdict; known are intact, drifted, rotten and unverifiable");
    }
    kinds.push_back(*kind);
    if (comma == std::string_view::npos) return kinds;
    list.remove_prefix(comma + 1);
  }
}

ExitCode outcome(const Report& report, const std::vector<VerdictKind>& fail_on,
                 const ReportContext& context) {
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    const bool counts = std::ranges::find(fail_on, report.verdicts[i].kind) != fail_on.end();
    if (counts && excuse_of(context, i).empty()) return ExitCode::found;
  }
  return ExitCode::fine;
}

}  // namespace loccit
