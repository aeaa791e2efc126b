// One gzip member (RFC 1952) for one record: the same bytes in give the same bytes out, on every
// machine and day.
#pragma once

#include <cstdint>
#include <span>

#include "base/bytes.h"
#include "base/result.h"
#include "base/spool.h"

namespace loccit {

// Appends the pieces, compressed together, to `out`; gives the member's length. MTIME 0, no name,
// OS 255.
Result<std::uint64_t> append_gzip_member(Spool& out, std::span<const Bytes> pieces);

}  // namespace loccit
