// The content of one ZIP entry, streamed: memory does not grow with the entry.
#include <algorithm>
#include <array>
#include <stdexcept>

#include <libdeflate.h>
#include <zlib.h>

#include "manifests/zip_directory.h"

namespace loccit {
namespace {

constexpr std::size_t chunk_size =
    256U << 10U;  // stays in the second-level cache between CRC and SHA-256

class RawInflate {
 public:
  RawInflate() {
    if (inflateInit2(&stream_, -MAX_WBITS) != Z_OK) throw std::runtime_error("zlib cannot start");
  }
  ~RawInflate() { inflateEnd(&stream_); }
  RawInflate(const RawInflate&) = delete;
  RawInflate& operator=(const RawInflate&) = delete;
  z_stream* operator->() { return &stream_; }
  int step() { return inflate(&stream_, Z_NO_FLUSH); }

 private:
  z_stream stream_{};
};

tl::unexpected<Failure> broken(const ZipEntry& entry, const char* how) {
  return fail(FailureKind::malformed, "the entry \"" + entry.name + "\" " + how, entry.offset);
}

Result<void> inflate_entry(const ZipEntry& entry, const ContentSink& sink) {
  RawInflate stream;
  Bytes input = entry.stored;
  std::string output(chunk_size, '\0');
  std::uint64_t total = 0;
  for (int status = Z_OK; status != Z_STREAM_END;) {
    if (stream->avail_in == 0 && !input.empty()) {
      const Bytes piece = input.substr(0, chunk_size);
      stream->next_in =
          reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));  // zlib does not write to it
      stream->avail_in = static_cast<uInt>(piece.size());
      input.remove_prefix(piece.size());
    }
    stream->next_out = reinterpret_cast<Bytef*>(output.data());
    stream->avail_out = static_cast<uInt>(output.size());
    status = stream.step();
    if (status != Z_OK && status != Z_STREAM_END)
      return broken(entry, "holds damaged deflate data");
    const std::size_t made = output.size() - stream->avail_out;
    total += made;
    if (total > entry.size) return broken(entry, "unpacks to more than its header says");
    if (auto went = sink(Bytes(output).substr(0, made)); !went) return went;
  }
  if (stream->avail_in != 0 || !input.empty())
    return broken(entry, "has bytes after its deflate data");
  if (total != entry.size) return broken(entry, "unpacks to less than its header says");
  return {};
}

}  // namespace

Result<void> read_zip_entry(const ZipEntry& entry, const ContentSink& sink) {
  std::uint32_t crc = 0;
  const ContentSink counting = [&](Bytes chunk) -> Result<void> {
    crc = libdeflate_crc32(crc, chunk.data(), chunk.size());
    return sink(chunk);
  };
  if (entry.deflated) {
    if (auto read = inflate_entry(entry, counting); !read) return read;
  } else {
    for (Bytes rest = entry.stored; !rest.empty();
         rest.remove_prefix(std::min(rest.size(), chunk_size))) {
      if (auto read = counting(rest.substr(0, chunk_size)); !read) return read;
    }
  }
  if (crc != entry.crc32)
    return broken(entry, "does not match its CRC-32: it was damaged or changed");
  return {};
}

Result<std::string> zip_entry_content(const ZipEntry& entry, std::size_t max_bytes) {
  if (entry.size > max_bytes) {
    return fail(FailureKind::too_large,
                "the entry \"" + entry.name + "\" has " + std::to_string(entry.size) +
                    " bytes, past the limit of " + std::to_string(max_bytes));
  }
  std::string content;
  content.reserve(static_cast<std::size_t>(entry.size));
  auto read = read_zip_entry(entry, [&](Bytes chunk) -> Result<void> {
    content.append(chunk);
    return {};
  });
  if (!read) return tl::unexpected(read.error());
  return content;
}

}  // namespace loccit
