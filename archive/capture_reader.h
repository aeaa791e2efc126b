// Records become the exchange again: bodies whole, revisits resolved, every block held against its
// digest on the way.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "archive/index.h"
#include "archive/snapshot.h"
#include "archive/warc_reader.h"
#include "base/byte_source.h"
#include "base/result.h"

namespace loccit {

// How records elsewhere are found; the archive's index answers, from any thread.
struct RecordLookup {
  std::function<Result<ByteSource>(const std::string& warc)> open;
  std::function<Result<std::optional<OriginalEntry>>(std::string_view target_uri, Timestamp date)>
      original_of;
  std::function<Result<std::optional<OriginalEntry>>(std::string_view digest,
                                                     std::string_view target_uri)>
      original_with;
  std::function<Result<std::optional<Place>>(std::string_view chain_sha256)> chain;
  std::function<Result<std::vector<CaptureEntry>>(std::string_view url)> captures_of;
};

// A capture that loccit wrote.
Result<Snapshot> read_capture(const CaptureEntry& entry, const RecordLookup& lookup,
                              const WarcLimits& limits);

// The response record at that place.
Result<Hop> read_original(const Place& place, const RecordLookup& lookup, const WarcLimits& limits);

// The current record of the reader, a response or revisit, as a hop: head, body, and what the
// fields say. A block that does not match its digest is a conflict. `head_bytes`: where the head
// ends; nullopt: at the first blank line.
Result<Hop> read_http_record(WarcReader& reader, const WarcRecord& record,
                             std::optional<std::uint64_t> head_bytes, const WarcLimits& limits);

// Fills in what a revisit leaves out, from the record that it refers to.
Result<void> resolve_revisit(const WarcRecord& record, Hop& hop, const RecordLookup& lookup,
                             const WarcLimits& limits);

// The rest of the current block, held against WARC-Block-Digest.
Result<std::string> read_checked_block(WarcReader& reader, const WarcRecord& record,
                                       std::size_t max_bytes);

}  // namespace loccit
