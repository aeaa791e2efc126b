#include "ci/document_parts.h"
#include "ci/reports.h"
#include "ci/rules.h"
#include "ci/severity.h"

namespace loccit {
namespace {

// GitHub's toolkit, packages/core/src/command.ts: what ends a line or a property would end the
// text.
std::string escaped(std::string_view text, bool property) {
  std::string out;
  for (const char c : text) {
    if (c == '%') {
      out += "%25";
    } else if (c == '\r') {
      out += "%0D";
    } else if (c == '\n') {
      out += "%0A";
    } else if (property && c == ':') {
      out += "%3A";
    } else if (property && c == ',') {
      out += "%2C";
    } else {
      out.push_back(c);
    }
  }
  return out;
}

}  // namespace

void write_github_annotations(const Report& report, const ReportContext& context,
                              std::ostream& out) {
  const std::vector<DocumentInfo> documents = documents_of(report.document);
  for (const std::size_t i : worst_first(report)) {
    const Verdict& verdict = report.verdicts[i];
    const Citation& citation = report.document.citations.at(i);
    if (verdict.kind == VerdictKind::intact || !excuse_of(context, i).empty()) continue;
    const std::string_view level = all_rules()[rule_of(verdict)].level;
    out << "::" << (level == "note" ? "notice" : level)
        << " file=" << escaped(documents.at(citation.part).file, true);
    if (citation.location.line > 0) out << ",line=" << citation.location.line;
    out << ",title=" << escaped(std::string(name(verdict.kind)) + " " + citation.id, true)
        << "::" << escaped(verdict.reason, false) << '\n';
  }
}

}  // namespace loccit
