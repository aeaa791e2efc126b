// One writer per form; reports.h is the door.
#pragma once

#include "ci/reports.h"

namespace loccit {

void write_html(const Report& report, const ReportContext& context, std::ostream& out);
void write_junit(const Report& report, const ReportContext& context, std::ostream& out);
void write_sarif(const Report& report, const ReportContext& context, std::ostream& out);
void write_markdown(const Report& report, const ReportContext& context, std::ostream& out);
void write_code_quality(const Report& report, const ReportContext& context, std::ostream& out);

}  // namespace loccit
