// An exchange becomes records: per hop response (or revisit) and request, certificate chains once,
// and the metadata record last, without which the capture does not count.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "archive/index.h"
#include "base/result.h"
#include "base/spool.h"
#include "base/uuid.h"
#include "fetcher/exchange.h"

namespace loccit {

// A full response that the archive holds already, read back and found whole.
struct Original {
  OriginalEntry entry;
  Hop hop;
};

struct CaptureContext {
  IdSource ids;
  std::function<std::optional<Original>(std::string_view target_uri,
                                        std::string_view payload_digest)>
      with_payload;
  std::function<std::optional<Original>(std::string_view target_uri)> newest;
  std::function<bool(std::string_view chain_sha256)> has_chain;
};

struct EncodedCapture {
  Spool members{8U << 20U};  // to be appended to a WARC file in one piece
  IndexEntries entries;      // one capture; offsets count from the beginning of `members`
};

Result<EncodedCapture> encode_capture(const Exchange& exchange, const CaptureContext& context);

}  // namespace loccit
