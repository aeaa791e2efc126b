// What the HTML report tells of other checks: a chart of verdicts over time, the earlier verdicts
// of a citation, and what loccit.lock has accepted or sees fixed.
#pragma once

#include <ostream>
#include <span>
#include <string>

#include "ci/reports.h"

namespace loccit {

std::string time_html(Timestamp time);

// `checks` from the oldest to this one; nothing is written where there are fewer than two.
void write_chart(std::ostream& out, std::span<const EarlierCheck> checks);
void write_earlier(std::ostream& out, std::span<const EarlierVerdict> earlier);
void write_fixed(std::ostream& out, const Comparison& comparison);
// Why a problem does not count against the check, or no longer is what was accepted.
void write_excuse(std::ostream& out, const ReportContext& context, std::size_t verdict);

}  // namespace loccit
