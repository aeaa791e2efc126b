// Signs a bundle's datapackage.json: with a certificate in the domain form of wacz-auth, without
// one in the anonymous form.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "manifests/certificates.h"
#include "manifests/signature.h"
#include "manifests/signed_data.h"

namespace loccit {

enum class Untimed { refused, allowed };

struct SealingIdentity {
  SigningKey key = SigningKey::generate(KeyKind::ec_p384);  // what the anonymous form prescribes
  bool throwaway = true;  // nobody keeps the key: the signature then proves wholeness alone
  std::vector<Certificate> chain;        // leaf first; empty: the anonymous form
  std::vector<std::string> authorities;  // URLs, tried in turn
  Untimed untimed =
      Untimed::refused;  // whether to go on where authorities are named and none answers
};

// A key with a certificate that is not its own, or not valid `now`, is refused.
Result<void> check_identity(const SealingIdentity& identity, Timestamp now);

// "signer" of datapackage.json's "loccit": what binds the signature to its signer.
Json signer_binding(const SealingIdentity& identity);

struct SealingNote {
  std::string authority;  // the URL that gave the timestamp, or ""
  std::optional<Timestamp> time;
  std::string why_untimed;    // in words, where authorities were asked in vain
  std::string bundle_sha256;  // hex, of the whole file
};

// `datapackage(timed)` writes datapackage.json with or without the word that a timestamp follows.
struct SignedPackage {
  std::string datapackage, digest;
  SealingNote note;
};
Result<SignedPackage> sign_package(const std::function<std::string(bool timed)>& datapackage,
                                   const SealingIdentity& identity, const std::string& created,
                                   const std::string& software);

}  // namespace loccit
