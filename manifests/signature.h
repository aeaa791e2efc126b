// Signatures over short texts: EC, RSA and Ed25519 keys, in the encodings that WACZ tools write.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace loccit {

// Asked once, and only where the key is encrypted. An empty function: there is no passphrase.
using PassphraseSource = std::function<Result<std::string>()>;

enum class KeyKind { ec_p256, ec_p384, ed25519, rsa_3072 };

enum class KeyAlgorithm { ec, rsa, eddsa };

// How an EC signature lies in its bytes: ASN.1 as authsign and openssl write it, or r and s side by
// side as ArchiveWeb.page and WebCrypto do. RSA (PKCS #1 v1.5) and Ed25519 have one form only.
enum class SignatureForm { der, raw };

class SigningKey {
 public:
  static Result<SigningKey> from_pem(std::string_view pem, const PassphraseSource& passphrase = {});
  // "pkcs11:token=…;object=…" (RFC 7512), through OpenSSL's pkcs11 engine (Debian
  // libengine-pkcs11-openssl).
  static Result<SigningKey> from_token(const std::string& uri, const PassphraseSource& pin = {});
  static SigningKey generate(KeyKind kind);
  ~SigningKey();
  SigningKey(SigningKey&&) noexcept;
  SigningKey& operator=(SigningKey&&) noexcept;

  // SHA-256 over the message, then the key's own algorithm; Ed25519 takes the message as it is.
  Result<std::string> sign(Bytes message, SignatureForm form) const;
  KeyAlgorithm algorithm() const;
  std::string public_key() const;  // SubjectPublicKeyInfo, DER
  std::string to_pem() const;      // PKCS #8, not encrypted

  struct State;
  const State& state() const { return *state_; }

 private:
  explicit SigningKey(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// The failure tells a key that is too weak or unknown from a signature that does not fit.
Result<void> verify_signature(Bytes public_key, Bytes message, Bytes signature, SignatureForm form);

}  // namespace loccit
