// Members of gzip and zstd, streamed and whole: both ways give the same bytes, or both fail.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "archive/member_stream.h"
#include "base/inflate.h"

using namespace loccit;

namespace {

// What comes out, or nullopt where it fails or holds more than one would read whole.
std::optional<std::string> streamed(Bytes bytes) {
  auto stream = MemberStream::open(ByteSource::of(bytes, "m"), 0, {});
  if (!stream || stream->packing() != Packing::gzip) return std::nullopt;
  std::string out;
  for (;;) {
    const auto another = stream->next_member();
    if (!another) return std::nullopt;
    if (!*another) return out;
    for (;;) {
      const auto more = stream->fill();
      if (!more || out.size() > (1U << 22U)) return std::nullopt;
      if (!*more) break;
      const Bytes piece = stream->buffered();
      out.append(piece);
      stream->consume(piece.size());
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes bytes(reinterpret_cast<const char*>(data), size);
  const auto pieces = streamed(bytes);
  const auto whole =
      decode_content(bytes, "gzip", {.max_bytes = 1U << 22U, .max_output = 1U << 22U});
  if (pieces && whole && *pieces != *whole) std::abort();
  (void)decode_content(bytes, "zstd", {.max_bytes = 1U << 22U, .max_output = 1U << 22U});
  return 0;
}
