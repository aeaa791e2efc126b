// Owners of compressors: the deleter is in the type.
#pragma once

#include <memory>

#include <libdeflate.h>
#include <zlib.h>

namespace loccit {

struct FreeDeflate {
  void operator()(z_stream* stream) const {
    deflateEnd(stream);
    delete stream;
  }
};
using DeflateHandle = std::unique_ptr<z_stream, FreeDeflate>;

struct FreeLibdeflate {
  void operator()(libdeflate_compressor* compressor) const {
    libdeflate_free_compressor(compressor);
  }
};
using LibdeflateHandle = std::unique_ptr<libdeflate_compressor, FreeLibdeflate>;

}  // namespace loccit
