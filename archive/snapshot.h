// A snapshot: one capture of one URL, kept for good, readable as the exchange that made it.
#pragma once

#include <cstdint>
#include <string>

#include "base/timestamp.h"
#include "fetcher/exchange.h"

namespace loccit {

// What the index knows of a snapshot without reading it.
struct SnapshotRecord {
  std::string id;  // "urn:uuid:…": the WARC-Record-ID of the final response, or of the metadata
                   // record of a failed fetch
  std::string requested_url;  // as cited
  std::string final_url;
  Timestamp fetched_at;
  std::string warc;          // path inside the archive folder, "archive/….warc.gz"
  std::uint64_t offset = 0;  // of that record's gzip member
  std::uint64_t length = 0;  // of the member
  std::string sha256;        // hex, of the payload; empty for a failed fetch
  std::uint64_t bytes = 0;   // of the payload
  std::string media_type;
  int status = 0;          // 0: failed
  bool untrusted = false;  // fetched without trust after a TLS failure
  std::string revisit_of;  // the record whose payload this one shares (a revisit); empty: it stands
                           // for itself
};

inline bool answered(const SnapshotRecord& record) {
  return record.status >= 200 && record.status < 300;
}

struct Snapshot {
  SnapshotRecord record;
  Exchange exchange;
};

}  // namespace loccit
