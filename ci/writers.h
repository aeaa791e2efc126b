// One writer per form; reports.h is the door.
#pragma once

#include <ostream>

#include "manifests/report.h"

namespace loccit {

void write_html(const Report& report, std::ostream& out);
void write_junit(const Report& report, std::ostream& out);
void write_sarif(const Report& report, std::ostream& out);
void write_markdown(const Report& report, std::ostream& out);

}  // namespace loccit
