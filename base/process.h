// A child program that reads hostile bytes: limits on time, memory and output, no network, no
// inherited descriptors.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace loccit {

struct ChildLimits {
  std::chrono::seconds max_time{20};
  std::size_t max_memory = 1U << 30U;    // address space
  std::size_t max_output = 256U << 20U;  // standard output; standard error is cut at 64 KiB
  bool confined = true;  // no network, nothing opened for writing (git wants /dev/null)
};

struct ChildOutcome {
  int exit_code = 0;  // 128 + signal where one ended it
  std::string output;
  std::string errors;
};

// Runs argv[0] (searched in PATH) with `input` on standard input, in an empty environment but PATH
// and LANG=C.UTF-8. Failing to start, running out of time or of output is a failure; a non-zero
// exit is the caller's to judge.
Result<ChildOutcome> run_child(const std::vector<std::string>& argv, Bytes input,
                               const ChildLimits& limits = {});

}  // namespace loccit
