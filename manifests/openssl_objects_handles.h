// Owners of the OpenSSL objects that signing and verifying need, and OpenSSL's own words for what
// went wrong.
#pragma once

#include <ctime>
#include <memory>
#include <string>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

#include "base/bytes.h"
#include "base/openssl_handles.h"
#include "base/timestamp.h"

namespace loccit {

using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;
using X509Handle = std::unique_ptr<X509, Freed<X509_free>>;
using X509Store = std::unique_ptr<X509_STORE, Freed<X509_STORE_free>>;
using X509StoreContext = std::unique_ptr<X509_STORE_CTX, Freed<X509_STORE_CTX_free>>;
using TimestampQuery = std::unique_ptr<TS_REQ, Freed<TS_REQ_free>>;
using TimestampResponse = std::unique_ptr<TS_RESP, Freed<TS_RESP_free>>;
using TimestampCheck = std::unique_ptr<TS_VERIFY_CTX, Freed<TS_VERIFY_CTX_free>>;
using Pkcs7 = std::unique_ptr<PKCS7, Freed<PKCS7_free>>;
using BigNumber = std::unique_ptr<BIGNUM, Freed<BN_free>>;
using Asn1Integer = std::unique_ptr<ASN1_INTEGER, Freed<ASN1_INTEGER_free>>;

struct FreeX509Stack {
  void operator()(STACK_OF(X509) * stack) const { sk_X509_pop_free(stack, X509_free); }
};
using X509Stack = std::unique_ptr<STACK_OF(X509), FreeX509Stack>;

// The whole of `der` as one object, and in DER's one spelling: nothing after it, nothing that
// encodes otherwise again.
template <auto Decode, auto Encode, class Handle>
Handle from_der(Bytes der) {
  const auto* cursor = reinterpret_cast<const unsigned char*>(der.data());
  Handle object(Decode(nullptr, &cursor, static_cast<long>(der.size())));
  if (!object || cursor != reinterpret_cast<const unsigned char*>(der.data()) + der.size())
    return nullptr;
  unsigned char* encoded = nullptr;
  const int size = Encode(object.get(), &encoded);
  const bool same = size >= 0 && Bytes(reinterpret_cast<const char*>(encoded),
                                       static_cast<std::size_t>(size)) == der;
  OPENSSL_free(encoded);
  return same ? std::move(object) : nullptr;
}

template <auto Encode, class T>
std::string to_der(T* object) {
  unsigned char* encoded = nullptr;
  const int size = Encode(object, &encoded);
  std::string der = size < 0 ? std::string()
                             : std::string(reinterpret_cast<const char*>(encoded),
                                           static_cast<std::size_t>(size));
  OPENSSL_free(encoded);
  return der;
}

Bio reading_from(Bytes bytes);  // valid while the bytes are
std::string content_of(BIO* memory);

// Whole seconds, up to the year 9999 that certificates "without end" name; the epoch where `time`
// is none. std::chrono::system_clock counts nanoseconds, whose 64 bits end in 2262.
Timestamp moment(const ASN1_TIME* time);
std::time_t seconds_since_epoch(Timestamp time);

// Empties OpenSSL's queue of errors of this thread into one sentence.
std::string openssl_words();

// SubjectPublicKeyInfo in DER to a key, of a kind and strength that still means something, else
// nullptr.
Key public_key_from_der(Bytes spki);

}  // namespace loccit
