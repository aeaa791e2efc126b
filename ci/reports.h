// A report in the forms that other programs and people read.
#pragma once

#include <optional>
#include <ostream>
#include <string_view>

#include "manifests/report.h"

namespace loccit {

enum class ReportFormat { html, junit, sarif, markdown };
std::optional<ReportFormat> report_format_from(std::string_view name);

void write_report(const Report& report, ReportFormat format, std::ostream& out);

}  // namespace loccit
