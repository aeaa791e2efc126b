// One decompressor for all codings: fed in pieces, drained in pieces, never owning more than its
// window.
#pragma once

#include <cstddef>
#include <memory>

#include "base/bytes.h"

namespace loccit {

enum class Coding { gzip, zlib, raw_deflate, brotli, zstd };

class InflateStream {
 public:
  // `max_window_log`: the largest zstd window accepted, as a power of two (RFC 9659: 8 MiB for
  // content coding).
  explicit InflateStream(Coding coding, int max_window_log = 23);
  ~InflateStream();
  InflateStream(InflateStream&&) noexcept;
  InflateStream& operator=(InflateStream&&) noexcept;

  enum class State {
    wants_more,  // more input, or more room for output
    finished,    // the end of one member or frame; reset() before the next
    broken,
  };
  struct Step {
    State state = State::wants_more;
    std::size_t taken = 0;  // of the input
    std::size_t given = 0;  // of the output
    const char* what = "";  // why it is broken, in the library's words
  };
  Step step(Bytes in, char* out, std::size_t room);
  void reset();
  bool use_dictionary(Bytes dictionary);  // zstd only; outlives reset(); false where it is none

 private:
  struct Decoder;
  struct ZlibDecoder;
  struct BrotliDecoder;
  struct ZstdDecoder;
  std::unique_ptr<Decoder> decoder_;
};

}  // namespace loccit
