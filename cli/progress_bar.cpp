#include "cli/progress_bar.h"

#include <cmath>
#include <cstdio>

#include "base/text.h"
#include "base/url.h"
#include "cli/terminal.h"

namespace loccit {
namespace {

using std::chrono::steady_clock;

std::string duration_text(double seconds) {
  const long whole = std::lround(seconds);
  if (whole < 90) return std::to_string(whole) + " s";
  if (whole < 90 * 60) return std::to_string((whole + 30) / 60) + " min";
  return std::to_string((whole + 1800) / 3600) + " h";
}

std::string rate_text(double a_second) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.1f a second", a_second);
  return buffer;
}

}  // namespace

std::string progress_line(const CheckProgress& progress, std::chrono::duration<double> elapsed,
                          std::size_t width) {
  const auto of = [](std::size_t done, std::size_t total) {
    return std::to_string(done) + "/" + std::to_string(total);
  };
  constexpr std::size_t bar_width = 20;
  const std::size_t filled =
      progress.urls_total == 0 ? bar_width : bar_width * progress.urls_done / progress.urls_total;
  std::string line = "[" + std::string(filled, '#') + std::string(bar_width - filled, ' ') + "] " +
                     of(progress.urls_done, progress.urls_total) + " sources, " +
                     of(progress.citations_done, progress.citations_total) + " citations";
  if (progress.urls_done > 0 && elapsed.count() > 0.5) {
    const double rate = static_cast<double>(progress.urls_done) / elapsed.count();
    line += ", " + rate_text(rate) + ", " +
            duration_text(static_cast<double>(progress.urls_total - progress.urls_done) / rate) +
            " left";
  }
  if (const auto url = parse_url(progress.current)) line += "  " + printable(url->host);
  if (count_code_points(line) >= width) line.resize(byte_offset(line, width > 0 ? width - 1 : 0));
  return line;
}

ProgressBar::ProgressBar(std::ostream& out, std::size_t width)
    : out_(out), width_(width), begun_(steady_clock::now()) {}

ProgressBar::~ProgressBar() { out_ << "\r\033[K" << std::flush; }

void ProgressBar::show(const CheckProgress& progress) {
  const auto now = steady_clock::now();
  if (now - shown_ < std::chrono::milliseconds(50))
    return;  // no eye sees more, and a slow terminal would slow the check
  shown_ = now;
  out_ << '\r' << progress_line(progress, now - begun_, width_) << "\033[K" << std::flush;
}

}  // namespace loccit
