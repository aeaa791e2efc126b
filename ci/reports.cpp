#include "ci/reports.h"

#include "ci/writers.h"

namespace loccit {

std::optional<ReportFormat> report_format_from(std::string_view name) {
  if (name == "html") return ReportFormat::html;
  if (name == "junit") return ReportFormat::junit;
  if (name == "sarif") return ReportFormat::sarif;
  if (name == "markdown") return ReportFormat::markdown;
  if (name == "codequality") return ReportFormat::codequality;
  return std::nullopt;
}

std::string excuse_of(const ReportContext& context, std::size_t verdict) {
  if (const Accepted* accepted = accepted_at(context.comparison, verdict))
    return "accepted: " + accepted->reason;
  return verdict < context.unconfirmed.size() ? context.unconfirmed[verdict] : "";
}

bool says(const std::string& reason, const std::string& error) {
  return error.size() > 1 && reason.find(error.substr(1)) != std::string::npos;
}

std::string nothing_checked(const Report& report, const ReportContext& context) {
  return report.document.info.file + (context.since.empty()
                                          ? " cites nothing: there is nothing to check"
                                          : ": no citation is new since " + context.since);
}

void write_report(const Report& report, ReportFormat format, std::ostream& out,
                  const ReportContext& context) {
  switch (format) {
    case ReportFormat::html:
      return write_html(report, context, out);
    case ReportFormat::junit:
      return write_junit(report, context, out);
    case ReportFormat::sarif:
      return write_sarif(report, context, out);
    case ReportFormat::markdown:
      return write_markdown(report, context, out);
    case ReportFormat::codequality:
      return write_code_quality(report, context, out);
  }
}

}  // namespace loccit
