// GitLab's Code Quality report, a subset of Code Climate's: what a merge request shows at its
// lines.
#include <map>

#include "base/digest.h"
#include "base/json.h"
#include "ci/document_parts.h"
#include "ci/rules.h"
#include "ci/severity.h"
#include "ci/writers.h"

namespace loccit {
namespace {

const char* severity(const Verdict& verdict) {
  const std::string_view level = all_rules()[rule_of(verdict)].level;
  return level == "error" ? "major" : level == "warning" ? "minor" : "info";
}

}  // namespace

void write_code_quality(const Report& report, const ReportContext& context, std::ostream& out) {
  const std::vector<DocumentInfo> documents = documents_of(report.document);
  Json issues = Json::array();
  const SourcesById sources(report.document);
  std::map<std::string, int> seen;
  for (const std::size_t i : worst_first(report)) {
    const Verdict& verdict = report.verdicts[i];
    const Citation& citation = report.document.citations.at(i);
    if (verdict.kind == VerdictKind::intact || !excuse_of(context, i).empty()) continue;
    const std::string& file = documents.at(citation.part).file;
    const std::string what = file + '\0' + identity_of(citation, sources);
    issues.push(Json::object(
        {{"description", citation.id + ": " + verdict.reason},
         {"check_name", all_rules()[rule_of(verdict)].id},
         {"fingerprint", to_hex(sha256(what + '\0' + std::to_string(++seen[what])))},
         {"severity", severity(verdict)},
         {"location",
          Json::object(
              {{"path", file},
               {"lines", Json::object({{"begin", std::max(1, citation.location.line)}})}})}}));
  }
  out << write_json(issues, JsonStyle::pretty);
}

}  // namespace loccit
