#include "manifests/signature.h"

#include <cstring>
#include <stdexcept>

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include "manifests/openssl_objects_handles.h"
#include "manifests/signing_key_handles.h"

namespace loccit {
namespace {

struct PassphraseAsked {
  const PassphraseSource& source;
  std::optional<Failure> failure;
  bool asked = false;
};

int give_passphrase(char* buffer, int size, int /*writing*/, void* data) {
  auto& asked = *static_cast<PassphraseAsked*>(data);
  asked.asked = true;
  if (!asked.source) return -1;
  const Result<std::string> passphrase = asked.source();
  if (!passphrase) {
    asked.failure = passphrase.error();
    return -1;
  }
  if (passphrase->size() > static_cast<std::size_t>(size)) return -1;
  std::memcpy(buffer, passphrase->data(), passphrase->size());
  return static_cast<int>(passphrase->size());
}

bool is_ec(EVP_PKEY* key) { return EVP_PKEY_get_base_id(key) == EVP_PKEY_EC; }
bool hashes_itself(EVP_PKEY* key) {
  return EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519 ||
         EVP_PKEY_get_base_id(key) == EVP_PKEY_ED448;
}
int field_size(EVP_PKEY* key) { return (EVP_PKEY_get_bits(key) + 7) / 8; }

std::string raw_from_der(EVP_PKEY* key, Bytes der) {
  const EcdsaSignature signature = from_der<d2i_ECDSA_SIG, i2d_ECDSA_SIG, EcdsaSignature>(der);
  if (!signature) return {};
  const int size = field_size(key);
  std::string raw(static_cast<std::size_t>(size) * 2, '\0');
  auto* out = reinterpret_cast<unsigned char*>(raw.data());
  if (BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), out, size) < 0 ||
      BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), out + size, size) < 0) {
    return {};
  }
  return raw;
}

std::string der_from_raw(EVP_PKEY* key, Bytes raw) {
  const int size = field_size(key);
  if (raw.size() != static_cast<std::size_t>(size) * 2) return {};
  const auto* in = reinterpret_cast<const unsigned char*>(raw.data());
  const EcdsaSignature signature(ECDSA_SIG_new());
  BIGNUM* r = BN_bin2bn(in, size, nullptr);
  BIGNUM* s = BN_bin2bn(in + size, size, nullptr);
  if (!signature || ECDSA_SIG_set0(signature.get(), r, s) != 1) {
    BN_free(r);
    BN_free(s);
    return {};
  }
  return to_der<i2d_ECDSA_SIG>(signature.get());
}

}  // namespace

SigningKey::SigningKey(std::unique_ptr<State> state) : state_(std::move(state)) {}
SigningKey::~SigningKey() = default;
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;

Result<SigningKey> SigningKey::from_pem(std::string_view pem, const PassphraseSource& passphrase) {
  ERR_clear_error();
  const Bio in = reading_from(pem);
  PassphraseAsked asked{passphrase, std::nullopt};
  Key key(PEM_read_bio_PrivateKey(in.get(), nullptr, give_passphrase, &asked));
  if (asked.failure) return tl::unexpected(*asked.failure);
  if (!key) {
    const std::string words = openssl_words();
    if (asked.asked) {
      return fail(FailureKind::encrypted,
                  asked.source ? "the passphrase does not open the private key: " + words
                               : "the private key is encrypted: give its passphrase");
    }
    return fail(FailureKind::malformed, "this is no private key in PEM form: " + words);
  }
  const std::string spki = to_der<i2d_PUBKEY>(key.get());
  if (!public_key_from_der(spki)) {
    return fail(FailureKind::unsupported,
                "keys of this kind or size are not used: take EC P-256, Ed25519, or RSA of 2048 "
                "bits or more");
  }
  return SigningKey(std::make_unique<State>(State{std::move(key)}));
}

SigningKey SigningKey::generate(KeyKind kind) {
  Key key;
  switch (kind) {
    case KeyKind::ec_p256:
      key.reset(EVP_EC_gen("P-256"));
      break;
    case KeyKind::ec_p384:
      key.reset(EVP_EC_gen("P-384"));
      break;
    case KeyKind::ed25519:
      key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
      break;
    case KeyKind::rsa_3072:
      key.reset(EVP_RSA_gen(3072));
      break;
  }
  if (!key) throw std::runtime_error("OpenSSL cannot make a key: " + openssl_words());
  return SigningKey(std::make_unique<State>(State{std::move(key)}));
}

Result<std::string> SigningKey::sign(Bytes message, SignatureForm form) const {
  EVP_PKEY* key = state_->key.get();
  const DigestContext context(EVP_MD_CTX_new());
  const auto* in = reinterpret_cast<const unsigned char*>(message.data());
  std::size_t size = 0;
  if (EVP_DigestSignInit(context.get(), nullptr, hashes_itself(key) ? nullptr : EVP_sha256(),
                         nullptr, key) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &size, in, message.size()) != 1) {
    return fail(FailureKind::io, "the key cannot sign: " + openssl_words());
  }
  std::string signature(size, '\0');
  if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, in,
                     message.size()) != 1) {
    return fail(FailureKind::io, "the key cannot sign: " + openssl_words());
  }
  signature.resize(size);
  return is_ec(key) && form == SignatureForm::raw ? raw_from_der(key, signature) : signature;
}

KeyAlgorithm SigningKey::algorithm() const {
  if (is_ec(state_->key.get())) return KeyAlgorithm::ec;
  return hashes_itself(state_->key.get()) ? KeyAlgorithm::eddsa : KeyAlgorithm::rsa;
}

std::string SigningKey::public_key() const { return to_der<i2d_PUBKEY>(state_->key.get()); }

std::string SigningKey::to_pem() const {
  const Bio out(BIO_new(BIO_s_mem()));
  if (PEM_write_bio_PKCS8PrivateKey(out.get(), state_->key.get(), nullptr, nullptr, 0, nullptr,
                                    nullptr) != 1) {
    throw std::runtime_error("OpenSSL cannot write a key: " + openssl_words());
  }
  return content_of(out.get());
}

Result<void> verify_signature(Bytes public_key, Bytes message, Bytes signature,
                              SignatureForm form) {
  const Key key = public_key_from_der(public_key);
  if (!key) {
    ERR_clear_error();
    return fail(FailureKind::unsupported,
                "the public key is damaged, of an unknown kind, or too weak");
  }
  const std::string converted = is_ec(key.get()) && form == SignatureForm::raw
                                    ? der_from_raw(key.get(), signature)
                                    : std::string(signature);
  const DigestContext context(EVP_MD_CTX_new());
  const bool fits =
      !converted.empty() &&
      EVP_DigestVerifyInit(context.get(), nullptr,
                           hashes_itself(key.get()) ? nullptr : EVP_sha256(), nullptr,
                           key.get()) == 1 &&
      EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(converted.data()),
                       converted.size(), reinterpret_cast<const unsigned char*>(message.data()),
                       message.size()) == 1;
  ERR_clear_error();
  if (!fits)
    return fail(FailureKind::conflict, "the signature was not made by this key over these words");
  return {};
}

}  // namespace loccit
