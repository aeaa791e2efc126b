#include "cli/telling.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

#include "base/uuid.h"
#include "cli/json_lines.h"
#include "cli/report_files.h"
#include "cli/summary.h"

namespace loccit {
namespace {

bool on_github() {
  const char* variable = std::getenv("GITHUB_ACTIONS");
  return variable != nullptr && std::string_view(variable) == "true";
}

// GitHub takes a line that begins with "::" for a command, and our summary repeats what strange
// pages say: between these two lines it takes none.
class CommandsStopped {
 public:
  explicit CommandsStopped(std::ostream& out) : out_(on_github() ? &out : nullptr) {
    if (out_ == nullptr) return;
    token_ = random_ids()();
    *out_ << "::stop-commands::" << token_ << '\n';
  }
  ~CommandsStopped() {
    // Flushed: what comes next may go another way (standard error), and must be heeded again.
    if (out_ != nullptr) *out_ << "::" << token_ << "::" << std::endl;
  }
  CommandsStopped(const CommandsStopped&) = delete;
  CommandsStopped& operator=(const CommandsStopped&) = delete;

 private:
  std::ostream* out_;
  std::string token_;
};

// The job's page shows what is appended here.
void append_job_summary(const Report& report, const ReportContext& context) {
  const char* file = std::getenv("GITHUB_STEP_SUMMARY");
  if (!on_github() || file == nullptr) return;
  std::ofstream out(file, std::ios::binary | std::ios::app);
  write_report(report, ReportFormat::markdown, out, context);
  if (!out.flush()) std::cerr << "loccit: " << file << ": the job summary could not be written\n";
}

}  // namespace

CommandResult tell(const Report& report, const Options& options, const ReportContext& context) {
  const auto written = write_report_files(report, options, context);
  if (!written) return tl::unexpected(written.error());
  const Stream stream = standard_output_taken(options) ? Stream::err : Stream::out;
  std::ostream& out = stream == Stream::out ? std::cout : std::cerr;
  if (options.format == "json-lines") {
    write_json_lines(report, context, std::cout);
  } else if (options.telling != Telling::quiet) {
    const CommandsStopped hostile_text(out);
    print_summary(out, {terminal_width(stream), wants_colour(stream)}, report, context, options);
  }
  if (on_github()) {
    write_github_annotations(report, context, std::cerr);
    append_job_summary(report, context);
  }
  return outcome(report, options.fail_on, context);
}

}  // namespace loccit
