// Untrusted bytes travel as views with an owner elsewhere; limits travel beside them.
#pragma once

#include <chrono>
#include <cstddef>
#include <string_view>

namespace loccit {

// Any octets, not necessarily text. A view: valid while its owner lives.
using Bytes = std::string_view;

// What reading one hostile input may cost. Every reader takes these; none has constants of its own
// deep below.
struct ReadLimits {
  std::size_t max_bytes = 64U << 20U;  // of input
  std::size_t max_output =
      256U << 20U;                    // of anything made from it (inflated, converted, extracted)
  std::size_t max_depth = 512;        // of nesting that costs stack or memory per level
  std::size_t max_ratio = 200;        // output to input, past the first mebibyte of output
  std::chrono::seconds max_time{20};  // for children and other work that can be cut
};

}  // namespace loccit
