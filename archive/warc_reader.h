// Reads WARC 0.17 to 1.1, plain, gzipped (a member a record, several, or one for all) or zstd: one
// record after the other, each block streamed. Tolerant of what the wild holds (evidence-formats:
// folding, bare LF, bracketed URIs, a missing blank line at the end); what is truly broken is a
// failure that names file and byte.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "archive/member_stream.h"
#include "archive/warc_limits.h"
#include "base/byte_source.h"
#include "base/http_message.h"
#include "base/timestamp.h"

namespace loccit {

struct WarcRecord {
  std::string version;  // "WARC/1.1"
  Headers fields;       // in order, unfolded
  std::string type;     // lower case
  std::string id;       // no angle brackets here, nor in the target
  std::string target_uri;
  std::optional<Timestamp> date;
  std::uint64_t block_length = 0;
  std::uint64_t offset = 0;  // of its member, or of the record in a plain file
  bool own_member = true;    // false where it shares its member: it cannot be read by its offset

  // The first field of that name, without angle brackets around the value; "" where there is none.
  std::string_view field(std::string_view name) const;
};

class WarcReader {
 public:
  static Result<WarcReader> open(ByteSource source, std::uint64_t start = 0,
                                 const WarcLimits& limits = {});

  // The next record's header; what was left of the block before is skipped. nullopt at the end of
  // the file.
  Result<std::optional<WarcRecord>> next();

  // The next piece of the current block, empty at its end. Valid until the next call.
  Result<Bytes> read_some();
  // The rest of the block; too_large past `max_bytes`.
  Result<std::string> read_rest(std::size_t max_bytes);

  // Skips to the end of the current record: the byte after it, 0 where the record shares its
  // member.
  Result<std::uint64_t> end_of_record();

  // The header of the current record as it stands in the file, blank line included.
  const std::string& raw_header() const { return raw_header_; }
  const ByteSource& source() const { return stream_.source(); }
  Packing packing() const { return stream_.packing(); }

 private:
  WarcReader(MemberStream stream, const WarcLimits& limits)
      : stream_(std::move(stream)), limits_(limits) {}
  Result<bool> find_record();
  Result<void> read_header();
  tl::unexpected<Failure> fail_here(FailureKind kind, std::string_view what) const;

  MemberStream stream_;
  WarcLimits limits_;
  std::string raw_header_;
  std::uint64_t offset_ = 0;  // of the current record
  std::uint64_t left_ = 0;    // of its block
  std::size_t piece_ = 0;     // handed out by read_some() and not consumed yet
  bool in_record_ = false;
  bool shares_member_ = false;
};

// `WARC/x.y`, then fields. Separate from the reader so that tests reach it alone.
Result<WarcRecord> parse_warc_header(Bytes header);

}  // namespace loccit
