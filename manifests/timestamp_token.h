// RFC 3161: an authority's word that some bytes existed at a moment. Asked for when sealing,
// doubted when auditing.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/timestamp.h"
#include "manifests/certificates.h"

namespace loccit {

struct TimestampRequest {
  std::string der;  // asks for the authority's certificates and carries a nonce
};
TimestampRequest make_timestamp_request(Bytes message);

// What a token says.
struct TimestampFacts {
  Timestamp time;
  std::string time_text;  // as it stands in the token, fractions and all
  std::optional<std::chrono::microseconds> accuracy;
  std::string policy;                     // OID
  std::string serial;                     // hex
  std::vector<Certificate> certificates;  // in the token, the signer's first
};
Result<TimestampFacts> read_timestamp(Bytes response);

// An authority's answer to `request` over `message`: granted, the nonce and imprint are ours, the
// signature holds. Returns the answer in its plainest form (status granted, nothing unsigned beside
// the token), so that it has one spelling.
Result<std::string> accept_timestamp(const TimestampRequest& request, Bytes message,
                                     Bytes response);

// `response` is a TimeStampResp or a bare token. The signature and imprint hold, by a certificate
// in the token or in `certificates` (freetsa's tokens carry none) that was made for time stamping.
// Says nothing of trust.
Result<void> verify_timestamp(Bytes response, Bytes message,
                              std::span<const Certificate> certificates);

// The same, and the signer's chain ends at one of `anchors`, judged at the token's own time.
Result<void> trust_timestamp(Bytes response, Bytes message,
                             std::span<const Certificate> certificates,
                             std::span<const Certificate> anchors);

// Whether the response has the one spelling that accept_timestamp() returns: a changed byte in a
// part that no signature covers shows here. The failure names the part.
Result<void> check_plain_form(Bytes response);

}  // namespace loccit
