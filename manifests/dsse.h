// Dead Simple Signing Envelope 1.0 (secure-systems-lab/dsse), as in-toto and sigstore exchange
// statements.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "manifests/signature.h"

namespace loccit {

inline constexpr std::string_view in_toto_payload_type = "application/vnd.in-toto+json";

struct Envelope {
  std::string payload_type, payload;
  std::string key_id;     // hex SHA-256 of the SubjectPublicKeyInfo
  std::string signature;  // ASN.1 for EC keys, as sigstore writes it
};

// "DSSEv1 <length> <type> <length> <payload>": what is signed, so that no other protocol's
// signature can be passed off as one.
std::string pre_authentication_encoding(std::string_view payload_type, Bytes payload);

Result<std::string> seal_envelope(std::string_view payload_type, Bytes payload,
                                  const SigningKey& key);

// Reads without verifying. One signature; base64 in its canonical spelling.
Result<Envelope> read_envelope(Bytes json);

Result<void> verify_envelope(const Envelope& envelope, Bytes public_key);

}  // namespace loccit
