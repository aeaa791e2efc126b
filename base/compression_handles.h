// Owners of compression libraries' objects: the deleter is in the type, the size is a pointer's.
#pragma once

#include <memory>

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

namespace loccit {

struct FreeInflate {
  void operator()(z_stream* stream) const {
    inflateEnd(stream);
    delete stream;
  }
};
using InflateHandle = std::unique_ptr<z_stream, FreeInflate>;

struct FreeBrotli {
  void operator()(BrotliDecoderState* state) const { BrotliDecoderDestroyInstance(state); }
};
using BrotliHandle = std::unique_ptr<BrotliDecoderState, FreeBrotli>;

struct FreeZstd {
  void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
};
using ZstdHandle = std::unique_ptr<ZSTD_DStream, FreeZstd>;

}  // namespace loccit
