#include "support/zip_builder.h"

#include <zlib.h>

#include "support/deflated.h"

namespace loccit::testing {
namespace {

void put(std::string& out, std::uint64_t value, int size) {
  for (int i = 0; i < size; ++i)
    out.push_back(static_cast<char>(value >> static_cast<unsigned>(8 * i)));
}

constexpr std::uint32_t none32 = 0xFFFFFFFF;

}  // namespace

std::string make_zip(const std::vector<ZipPiece>& pieces, const ZipShape& shape) {
  std::string zip = shape.before;
  std::string directory;
  for (const ZipPiece& piece : pieces) {
    const std::string stored = piece.deflate ? deflated(piece.content, -MAX_WBITS) : piece.content;
    const auto crc = crc32(0, reinterpret_cast<const Bytef*>(piece.content.data()),
                           static_cast<uInt>(piece.content.size()));
    const std::uint64_t size = piece.claimed_size < 0
                                   ? piece.content.size()
                                   : static_cast<std::uint64_t>(piece.claimed_size);
    const std::uint64_t method = piece.method >= 0 ? static_cast<std::uint64_t>(piece.method)
                                 : piece.deflate   ? 8
                                                   : 0;
    const std::uint64_t flags = piece.flags | (piece.streamed ? 8U : 0U);
    const std::uint64_t offset = zip.size();
    std::string zip64_local, zip64_central;
    if (piece.zip64) {
      for (std::string* extra : {&zip64_local, &zip64_central}) {
        put(*extra, 1, 2);
        put(*extra, 16, 2);
        put(*extra, piece.streamed && extra == &zip64_local ? 0 : size, 8);
        put(*extra, piece.streamed && extra == &zip64_local ? 0 : stored.size(), 8);
      }
    }
    const std::string& local_name = piece.local_name.empty() ? piece.name : piece.local_name;
    const auto numbers = [&](std::string& out, bool hidden) {  // CRC and sizes
      put(out, hidden ? 0 : crc, 4);
      put(out, piece.zip64 ? none32 : hidden ? 0 : stored.size(), 4);
      put(out, piece.zip64 ? none32 : hidden ? 0 : size, 4);
    };
    put(zip, 0x04034b50, 4);
    put(zip, 20, 2);
    put(zip, flags, 2);
    put(zip, method, 2);
    put(zip, 0x00210000, 4);  // 1980-01-01
    numbers(zip, piece.streamed);
    put(zip, local_name.size(), 2);
    put(zip, zip64_local.size() + piece.local_extra.size(), 2);
    zip += local_name + zip64_local + piece.local_extra + stored;
    if (piece.streamed) {
      put(zip, 0x08074b50, 4);
      put(zip, crc, 4);
      put(zip, stored.size(), piece.zip64 ? 8 : 4);
      put(zip, size, piece.zip64 ? 8 : 4);
    }
    zip += piece.after;
    put(directory, 0x02014b50, 4);
    put(directory, 0x0314, 2);
    put(directory, 20, 2);
    put(directory, flags, 2);
    put(directory, method, 2);
    put(directory, 0x00210000, 4);
    numbers(directory, false);
    put(directory, piece.name.size(), 2);
    put(directory, zip64_central.size() + piece.central_extra.size(), 2);
    put(directory, piece.comment.size(), 2);
    put(directory, 0, 4);
    put(directory, 0x81a40000, 4);
    put(directory, offset, 4);
    directory += piece.name + zip64_central + piece.central_extra + piece.comment;
  }
  const std::uint64_t directory_at = zip.size();
  const std::uint64_t count = pieces.size() + static_cast<std::uint64_t>(shape.extra_count);
  zip += directory + shape.after_directory;
  if (shape.zip64) {
    const std::uint64_t record_at = zip.size();
    put(zip, 0x06064b50, 4);
    put(zip, 44, 8);
    put(zip, 45, 2);
    put(zip, 45, 2);
    put(zip, 0, 8);
    put(zip, count, 8);
    put(zip, count, 8);
    put(zip, directory.size(), 8);
    put(zip, directory_at, 8);
    put(zip, 0x07064b50, 4);
    put(zip, 0, 4);
    put(zip, record_at, 8);
    put(zip, 1, 4);
  }
  put(zip, 0x06054b50, 4);
  put(zip, 0, 4);
  put(zip, shape.zip64 ? 0xFFFF : count, 2);
  put(zip, shape.zip64 ? 0xFFFF : count, 2);
  put(zip, shape.zip64 ? none32 : directory.size(), 4);
  put(zip, shape.zip64 ? none32 : directory_at, 4);
  put(zip, shape.comment.size(), 2);
  return zip + shape.comment;
}

}  // namespace loccit::testing
