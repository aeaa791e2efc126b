// datapackage-digest.json: the hash of datapackage.json and, by WACZ Signing and Verification 0.1.0
// (wacz-auth), who vouches for it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace loccit {

inline constexpr std::string_view wacz_auth_version = "0.1.0";

// All texts as they stand in the JSON; nothing here is verified yet.
struct SignedData {
  std::string hash;  // "sha256:<hex>" of datapackage.json: these very letters are what is signed
  std::string created, software, version;
  std::string signature;  // base64: these very letters are what is timestamped
  // Anonymous form: a bare key.
  std::optional<std::string> public_key;  // base64 of SubjectPublicKeyInfo
  // Domain form: a certificate chain in PEM, leaf first.
  std::optional<std::string> domain, domain_cert, cross_signed_cert;
  // In the domain form by the specification, in the anonymous form as webrecorder/specs#142
  // proposes it.
  std::optional<std::string> time_signature;  // base64 of a TimeStampResp
  std::optional<std::string> timestamp_cert;  // PEM, leaf first
};

struct DigestFile {
  std::string path = "datapackage.json";
  std::string hash;
  std::optional<SignedData> signed_data;
  std::vector<std::string>
      oddities;  // what the specification does not allow, though it can be read
};

// The one spelling that loccit writes: an auditor of its bundles compares it byte for byte.
std::string write_digest_file(const DigestFile& file);

Result<DigestFile> read_digest_file(Bytes json);

}  // namespace loccit
