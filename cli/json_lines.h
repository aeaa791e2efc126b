// --format json-lines: a report as programs read it while it streams by.
#pragma once

#include <ostream>

#include "ci/reports.h"

namespace loccit {

// {"type": "citation", …} for each citation as in the report's JSON, with "excuse" where it does
// not count, then {"type": "fixed", …}, then {"type": "summary", …}.
void write_json_lines(const Report& report, const ReportContext& context, std::ostream& out);

}  // namespace loccit
