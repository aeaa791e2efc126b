#include "ci/reports.h"

#include "ci/writers.h"

namespace loccit {

std::optional<ReportFormat> report_format_from(std::string_view name) {
  if (name == "html") return ReportFormat::html;
  if (name == "junit") return ReportFormat::junit;
  if (name == "sarif") return ReportFormat::sarif;
  if (name == "markdown") return ReportFormat::markdown;
  return std::nullopt;
}

void write_report(const Report& report, ReportFormat format, std::ostream& out) {
  switch (format) {
    case ReportFormat::html:
      return write_html(report, out);
    case ReportFormat::junit:
      return write_junit(report, out);
    case ReportFormat::sarif:
      return write_sarif(report, out);
    case ReportFormat::markdown:
      return write_markdown(report, out);
  }
}

}  // namespace loccit
