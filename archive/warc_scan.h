// Reads a WARC file through for what the index should know of it, from any point between two
// captures on.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "archive/index.h"
#include "archive/warc_limits.h"
#include "base/byte_source.h"
#include "base/result.h"

namespace loccit {

struct WarcScan {
  bool ours = false;  // captures end in metadata records (warc_format.h); else each response stands
                      // for itself
  std::uint64_t whole_to = 0;  // the byte after the last whole capture
  std::optional<Failure>
      torn;  // what follows that byte is the beginning of a capture that never got whole
  std::vector<Failure> faults;  // damage further up; what is whole behind it was read
};

// Given a batch of entries now and then, each ending between two captures.
using EntrySink = std::function<Result<void>(const IndexEntries& entries)>;

// Fails where the file cannot be read at all or the sink fails; damage in it is in the outcome.
Result<WarcScan> scan_warc(const ByteSource& source, std::uint64_t start, const EntrySink& sink,
                           const WarcLimits& limits = {});

}  // namespace loccit
