// Writes WARC 1.1 records, one gzip member each, with digests of block and payload.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/http_message.h"
#include "base/result.h"
#include "base/spool.h"
#include "base/timestamp.h"

namespace loccit {

struct WarcRecordToWrite {
  std::string_view type;
  std::string id;  // "urn:uuid:…", written in angle brackets
  Timestamp date;
  std::string target_uri;  // any URL; written as warc::target_uri() has it; empty: no such field
  std::string_view content_type;
  Headers fields;              // whatever else, in this order, after the mandatory ones
  std::string payload_digest;  // a label; empty: no such field
  std::span<const Bytes> block;
};

struct WrittenMember {
  std::uint64_t offset = 0;  // in the spool
  std::uint64_t length = 0;
};
Result<WrittenMember> append_record(Spool& out, const WarcRecordToWrite& record);

// The record that opens each file of ours; `layout` says how its records belong together.
Result<WrittenMember> append_warcinfo(Spool& out, std::string id, Timestamp date,
                                      std::string_view file_name, std::string_view layout,
                                      const Headers& about);

// "name: value" lines (application/warc-fields).
std::string warc_fields_block(const Headers& fields);

// <urn:uuid:…>
std::string in_angle_brackets(std::string_view id);

}  // namespace loccit
