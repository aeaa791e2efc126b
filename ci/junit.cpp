// JUnit XML as Jenkins (its schema: junit-10.xsd of the xUnit plugin), GitLab and GitHub's actions
// read it: one suite per document, one case per citation. A drifted or rotten citation is a
// failure; an unverifiable one is skipped, so that it is seen and breaks nothing.
#include <chrono>

#include "ci/document_parts.h"
#include "ci/escape.h"
#include "ci/writers.h"

namespace loccit {
namespace {

std::string attribute(const char* name, std::string_view value) {
  return std::string(" ") + name + "=\"" + escape_markup(value) + "\"";
}

std::string details(const Verdict& verdict) {
  std::string text = verdict.reason;
  for (const Change& change : verdict.quote.changes) {
    text += "\n" + std::string(name(change.kind)) + ": quoted \"" + change.quoted + "\", found \"" +
            change.found + "\"";
  }
  for (const LinkFinding& link : verdict.links) {
    text += "\n" + link.url + ": " + name(link.state) + (link.error ? ", " + *link.error : "");
  }
  return text;
}

void write_case(std::ostream& out, const std::string& file, const Citation& citation,
                const Verdict& verdict, const std::string& excuse) {
  const std::string title = citation.id + (citation.title.empty() ? "" : " " + citation.title);
  out << "    <testcase" << attribute("classname", file) << attribute("name", title)
      << " time=\"0\"";
  if (!excuse.empty()) {
    out << ">\n      <skipped" << attribute("message", excuse) << "/>\n    </testcase>\n";
    return;
  }
  switch (verdict.kind) {
    case VerdictKind::intact:
      out << "/>\n";
      return;
    case VerdictKind::unverifiable:
      out << ">\n      <skipped" << attribute("message", verdict.reason) << "/>\n";
      break;
    case VerdictKind::drifted:
    case VerdictKind::rotten:
      out << ">\n      <failure" << attribute("type", name(verdict.kind))
          << attribute("message", verdict.reason) << ">" << escape_markup(details(verdict))
          << "</failure>\n";
      break;
  }
  out << "    </testcase>\n";
}

struct Counts {
  std::size_t tests = 0, failures = 0, skipped = 0;
};

void count(Counts& counts, VerdictKind kind, bool excused) {
  ++counts.tests;
  const bool bad = kind == VerdictKind::drifted || kind == VerdictKind::rotten;
  if (bad && !excused) ++counts.failures;
  if (kind == VerdictKind::unverifiable || excused) ++counts.skipped;
}

std::string attributes(const Counts& counts) {
  return attribute("tests", std::to_string(counts.tests)) +
         attribute("failures", std::to_string(counts.failures)) + attribute("errors", "0");
}

}  // namespace

void write_junit(const Report& report, const ReportContext& context, std::ostream& out) {
  const std::vector<DocumentInfo> documents = documents_of(report.document);
  std::vector<Counts> counts(documents.size());
  Counts all;
  for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
    const bool excused = !excuse_of(context, i).empty();
    count(counts.at(report.document.citations.at(i).part), report.verdicts[i].kind, excused);
    count(all, report.verdicts[i].kind, excused);
  }
  const std::chrono::duration<double> taken = report.finished_at - report.started_at;
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"loccit\""
      << attributes(all) << ">\n";
  for (std::size_t part = 0; part < documents.size(); ++part) {
    const std::string time = part == 0 ? std::to_string(taken.count()) : "0";
    out << "  <testsuite" << attribute("name", documents[part].file) << attributes(counts[part])
        << attribute("skipped", std::to_string(counts[part].skipped)) << attribute("time", time)
        << attribute("timestamp", to_iso8601(report.started_at).substr(0, 19)) << ">\n";
    for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
      const Citation& citation = report.document.citations[i];
      if (citation.part == part)
        write_case(out, documents[part].file, citation, report.verdicts[i], excuse_of(context, i));
    }
    out << "  </testsuite>\n";
  }
  out << "</testsuites>\n";
}

}  // namespace loccit
