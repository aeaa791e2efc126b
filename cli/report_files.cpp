#include "cli/report_files.h"

#include <fstream>
#include <iostream>
#include <sstream>

#include "base/files.h"

namespace loccit {
namespace {

std::vector<std::string> targets(const Options& options) {
  std::vector<std::string> files;
  if (!options.json.empty()) files.push_back(options.json);
  for (const ReportFile& report : options.reports) files.push_back(report.file);
  return files;
}

}  // namespace

tl::expected<void, Stop> write_to(const std::string& file, const std::string& content) {
  std::error_code ignored;
  const auto status = std::filesystem::status(file, ignored);
  const bool device = std::filesystem::exists(status) && !std::filesystem::is_regular_file(status);
  if (file == "-") {
    std::cout << content << std::flush;
    if (std::cout) return {};
    return unfinished(
        "standard output: the report could not be written; is the disk full, or the reader gone?");
  }
  if (device) {  // a pipe or /dev/fd/3 is written to, not replaced
    std::ofstream out(file, std::ios::binary);
    out << content << std::flush;
    if (out) return {};
    return unfinished(file + ": the report could not be written");
  }
  const auto written = write_durably(file, content);
  if (!written)
    return unfinished(written.error().message +
                      "; the report was not written, the archive holds what was fetched");
  return {};
}

tl::expected<void, Stop> expect_writable(const Options& options) {
  int to_standard_output = options.format == "json-lines" ? 1 : 0;
  for (const std::string& file : targets(options)) {
    if (file == "-") {
      if (++to_standard_output > 1)
        return misuse(
            "two reports (or --format json-lines and one) cannot both go to standard output; give "
            "one of them a file");
      continue;
    }
    std::error_code ignored;
    const auto folder = std::filesystem::absolute(file, ignored).parent_path();
    if (!std::filesystem::is_directory(folder, ignored))
      return misuse(file + ": its folder does not exist; make it first");
    if (std::filesystem::is_directory(file, ignored))
      return misuse(file + ": is a folder; name a file");
  }
  return {};
}

tl::expected<void, Stop> write_report_files(const Report& report, const Options& options,
                                            const ReportContext& context) {
  if (!options.json.empty()) {
    const auto written =
        write_to(options.json, write_json(report_to_json(report), JsonStyle::pretty));
    if (!written) return written;
  }
  for (const ReportFile& target : options.reports) {
    std::ostringstream content;
    write_report(report, target.format, content, context);
    const auto written = write_to(target.file, content.str());
    if (!written) return written;
  }
  return {};
}

bool standard_output_taken(const Options& options) {
  for (const std::string& file : targets(options)) {
    if (file == "-") return true;
  }
  return false;
}

}  // namespace loccit
