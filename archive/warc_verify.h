// Every record of a WARC file held against the digests that it states of its own block and payload
// (WARC 1.1 §5.8, §5.9).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "archive/warc_limits.h"
#include "archive/warc_reader.h"
#include "base/byte_source.h"
#include "base/result.h"

namespace loccit {

struct WarcCheck {
  std::uint64_t records = 0;
  std::uint64_t digests = 0;          // checked
  std::uint64_t whole_records = 0;    // that could be read to their end
  std::vector<std::uint64_t> broken;  // which of them break their own digests, counted from 0
  std::vector<std::string> faults;    // digests that do not match, and what cannot be read; bounded
  std::vector<std::string> remarks;   // digests over the chunked framing (wget, Scoop, wpull), of
                                      // unknown algorithms; bounded
};

// Called for each record, before its block is read; may be empty.
using RecordSink = std::function<void(const WarcRecord& record)>;

// Streams: memory does not grow with the records. A file that cannot be read on ends the check with
// a fault.
WarcCheck verify_warc(const ByteSource& source, const RecordSink& sink = {},
                      const WarcLimits& limits = {});

}  // namespace loccit
