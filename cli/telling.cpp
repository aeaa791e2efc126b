#include "cli/telling.h"

#include <iostream>

#include "cli/report_files.h"
#include "cli/summary.h"

namespace loccit {

CommandResult tell(const Report& report, const Options& options) {
  const auto written = write_report_files(report, options);
  if (!written) return tl::unexpected(written.error());
  if (options.telling != Telling::quiet) {
    const Stream stream = standard_output_taken(options) ? Stream::err : Stream::out;
    const Page page{terminal_width(stream), wants_colour(stream)};
    print_summary(stream == Stream::out ? std::cout : std::cerr, page, report,
                  archive_folder(options), options.telling);
  }
  return outcome(report, options.fail_on);
}

}  // namespace loccit
