// What reading a WARC file of unknown origin may cost.
#pragma once

#include <cstddef>
#include <cstdint>

namespace loccit {

struct WarcLimits {
  std::size_t max_header = 1U << 20U;  // of one record
  std::uint64_t max_block =
      std::uint64_t{64} << 30U;  // of one record; blocks are streamed, so this guards time alone
  // Output to input of one member, past the first mebibyte. Deflate itself cannot exceed 1032; zstd
  // can.
  std::uint64_t max_ratio = 1100;
  std::size_t max_json = 16U << 20U;  // of a capture's metadata
};

}  // namespace loccit
