// X.509 certificates as plain data, and whether a chain of them ends at a root that the user
// trusts.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/result.h"
#include "base/timestamp.h"

namespace loccit {

struct Certificate {
  std::string der;
  std::string subject;  // RFC 2253, "CN=example.org"
  std::string issuer;
  std::string common_name;  // or ""
  std::vector<std::string> dns_names;
  Timestamp not_before, not_after;
  std::string public_key;  // SubjectPublicKeyInfo, DER
  Sha256 fingerprint;
};

Result<Certificate> read_certificate(Bytes der);

// One certificate after another; blanks between them are all that may stand there besides. At most
// `max_count`.
Result<std::vector<Certificate>> read_certificates(std::string_view pem,
                                                   std::size_t max_count = 16);

// Parted by blank lines: wabac.js cuts the list at "\n\n" (docs/formats.md, "signedData").
std::string write_certificates(std::span<const Certificate> chain);

// The name that a certificate vouches for: its common name, else its first DNS name (as authsign
// picks it).
std::string vouched_name(const Certificate& certificate);

// What --trust names: certificates as anchors, and bare public keys for signatures without
// certificate.
struct TrustAnchors {
  std::vector<Certificate> certificates;
  std::vector<std::string> public_keys;  // SubjectPublicKeyInfo, DER
  bool empty() const { return certificates.empty() && public_keys.empty(); }
};
Result<void> add_trust_anchors(std::string_view pem, TrustAnchors& anchors);

enum class ChainPurpose { signing, time_stamping };

// `chain` is leaf first; the rest helps on the way. Any certificate of `anchors` is an end,
// self-signed or not (X509_V_FLAG_PARTIAL_CHAIN): published chains end in cross-signed roots.
// Validity is judged at `at`, never by the clock.
Result<void> check_chain(std::span<const Certificate> chain, std::span<const Certificate> anchors,
                         Timestamp at, ChainPurpose purpose);

// Whether each certificate is signed by the next one: says nothing of trust.
Result<void> check_links(std::span<const Certificate> chain);

}  // namespace loccit
