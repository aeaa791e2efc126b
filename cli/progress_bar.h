// How far the check is, on standard error, rewritten in place. Made only where a person watches.
#pragma once

#include <chrono>
#include <ostream>

#include "checks/check.h"

namespace loccit {

class ProgressBar {
 public:
  explicit ProgressBar(std::ostream& out, std::size_t width);
  ~ProgressBar();  // clears the line
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void show(const CheckProgress& progress);

 private:
  std::ostream& out_;
  std::size_t width_;
  std::chrono::steady_clock::time_point begun_;
  std::chrono::steady_clock::time_point shown_;
};

// The line itself: "[####    ] 12/48 sources, 10/48 citations, 3.4 a second, 11 s left
// example.org".
std::string progress_line(const CheckProgress& progress, std::chrono::duration<double> elapsed,
                          std::size_t width);

}  // namespace loccit
