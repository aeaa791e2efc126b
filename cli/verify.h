// Judging from the archive alone: `verify`, and `check --offline`.
#pragma once

#include "cli/command.h"
#include "manifests/report.h"

namespace loccit {

tl::expected<Report, Stop> report_from_archive(const Document& document, const Options& options);

}  // namespace loccit
