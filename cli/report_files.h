// The files that --json and --report ask for.
#pragma once

#include "ci/reports.h"
#include "cli/command.h"

namespace loccit {

// Before the work: a folder that is not there, or two reports for standard output, are a wrong
// call.
tl::expected<void, Stop> expect_writable(const Options& options);

tl::expected<void, Stop> write_report_files(const Report& report, const Options& options,
                                            const ReportContext& context);

// Into that file, or to standard output where it is "-".
tl::expected<void, Stop> write_to(const std::string& file, const std::string& content);

// Whether standard output is taken by a report, so that the summary has to go elsewhere.
bool standard_output_taken(const Options& options);

}  // namespace loccit
