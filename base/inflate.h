// Bounded decompression of what servers and archives send: gzip, zlib/deflate, brotli, zstd.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace loccit {

// Content-Encoding as the header gives it ("gzip", "br, gzip", "identity", ""), undone from last to
// first (RFC 9110 §8.4). Broken or truncated data fails with `malformed`, and `decoded_so_far` (if
// given) holds what came out before.
Result<std::string> decode_content(Bytes bytes, std::string_view content_encoding,
                                   const ReadLimits& limits = {},
                                   std::string* decoded_so_far = nullptr);

}  // namespace loccit
