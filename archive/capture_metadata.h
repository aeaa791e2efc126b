// The metadata record that ends a capture: all of an Exchange that its request and response records
// do not say.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "archive/snapshot.h"
#include "base/bytes.h"
#include "base/result.h"

namespace loccit {

// The records of one hop, and how to put its octets back together.
struct HopRecords {
  std::string response_id;                // empty: no response came
  std::string request_id;                 // empty: nothing was sent
  std::uint64_t response_head_bytes = 0;  // of the response's block
  std::string chain_sha256;  // of the certificate chain's resource record; empty: no TLS
  std::vector<std::uint64_t> chain_sizes;  // of each certificate in it
};

struct CaptureMetadata {
  SnapshotRecord snapshot;          // without the places, which only the file knows
  Exchange exchange;                // hops without request, response and certificates
  std::vector<HopRecords> records;  // one per hop
};

std::string write_capture_metadata(const SnapshotRecord& snapshot, const Exchange& exchange,
                                   const std::vector<HopRecords>& records);
Result<CaptureMetadata> read_capture_metadata(Bytes json, const ReadLimits& limits = {});

const char* name(Truncation truncation);  // as WARC-Truncated has it; "" for none
Truncation truncation_from(std::string_view name);

}  // namespace loccit
