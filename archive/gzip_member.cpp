#include "archive/gzip_member.h"

#include <algorithm>
#include <limits>
#include <new>
#include <string>

#include "archive/deflate_handles.h"

namespace loccit {
namespace {

// libdeflate is three times as fast as zlib but wants all at once; what is larger goes through zlib
// piece by piece.
constexpr std::size_t whole_up_to = 4U << 20U;
constexpr int libdeflate_level = 4;  // 2 to 3 % larger than gzip -6, docs/performance.md
constexpr int zlib_level = 6;

Result<std::uint64_t> append_whole(Spool& out, std::span<const Bytes> pieces, std::size_t size) {
  // One per thread: a compressor is a megabyte of tables, and records come by the thousand.
  thread_local const LibdeflateHandle compressor(libdeflate_alloc_compressor(libdeflate_level));
  thread_local std::string input;
  thread_local std::string output;
  if (!compressor) throw std::bad_alloc();
  input.clear();
  input.reserve(size);
  for (const Bytes piece : pieces) input.append(piece);
  const std::size_t bound = libdeflate_gzip_compress_bound(compressor.get(), size);
  if (output.size() < bound) output.resize(bound);
  const std::size_t length = libdeflate_gzip_compress(compressor.get(), input.data(), input.size(),
                                                      output.data(), output.size());
  if (length == 0) throw std::logic_error("libdeflate's own bound was too small");
  return out.append(Bytes(output).substr(0, length)).map([&] { return std::uint64_t{length}; });
}

DeflateHandle zlib_stream() {
  auto fresh = std::make_unique<z_stream>();
  constexpr int gzip_window = 15 + 16;
  if (deflateInit2(fresh.get(), zlib_level, Z_DEFLATED, gzip_window, 9, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    throw std::bad_alloc();
  }
  return DeflateHandle(fresh.release());
}

Result<std::uint64_t> append_streaming(Spool& out, std::span<const Bytes> pieces) {
  const DeflateHandle stream = zlib_stream();
  gz_header header{};
  header.os = 255;
  deflateSetHeader(stream.get(), &header);
  std::string output(1U << 18U, '\0');
  std::uint64_t length = 0;
  const auto feed = [&](Bytes piece, int flush) -> Result<void> {
    do {
      const std::size_t offered =
          std::min<std::size_t>(piece.size(), std::numeric_limits<uInt>::max() / 2);
      stream->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
      stream->avail_in = static_cast<uInt>(offered);
      do {
        stream->next_out = reinterpret_cast<Bytef*>(output.data());
        stream->avail_out = static_cast<uInt>(output.size());
        deflate(stream.get(), flush);
        const std::size_t given = output.size() - stream->avail_out;
        length += given;
        if (auto appended = out.append(Bytes(output).substr(0, given)); !appended) return appended;
      } while (stream->avail_out == 0);
      piece.remove_prefix(offered);
    } while (!piece.empty());
    return {};
  };
  for (const Bytes piece : pieces) {
    if (auto fed = feed(piece, Z_NO_FLUSH); !fed) return tl::unexpected(fed.error());
  }
  return feed({}, Z_FINISH).map([&] { return length; });
}

}  // namespace

Result<std::uint64_t> append_gzip_member(Spool& out, std::span<const Bytes> pieces) {
  std::size_t size = 0;
  for (const Bytes piece : pieces) size += piece.size();
  return size <= whole_up_to ? append_whole(out, pieces, size) : append_streaming(out, pieces);
}

}  // namespace loccit
