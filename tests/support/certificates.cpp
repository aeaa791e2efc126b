#include "support/certificates.h"

#include <stdexcept>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

namespace loccit::testing {
namespace {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>>;

void must(bool good, const char* what) {
  if (!good) throw std::runtime_error(std::string("making a test certificate failed: ") + what);
}

template <class Write>
std::string pem(Write write) {
  const Bio bio(BIO_new(BIO_s_mem()));
  must(write(bio.get()) == 1, "PEM");
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string pem_of(X509* certificate) {
  return pem([&](BIO* bio) { return PEM_write_bio_X509(bio, certificate); });
}
std::string pem_of(EVP_PKEY* key) {
  return pem([&](BIO* bio) {
    return PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
  });
}

void add_extension(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
  must(extension && X509_add_ext(certificate, extension.get(), -1) == 1, value.c_str());
}

// `issuer` and `issuer_key` null: signed by itself.
Certificate make(const CertificateWish& wish, EVP_PKEY* key, X509* issuer, EVP_PKEY* issuer_key) {
  Certificate certificate(X509_new());
  X509* x = certificate.get();
  X509_set_version(x, X509_VERSION_3);
  std::uint64_t serial = 0;
  RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(x), serial >> 1U);
  constexpr long day = 24L * 3600;
  X509_gmtime_adj(X509_getm_notBefore(x), wish.valid_from_days * day);
  X509_gmtime_adj(X509_getm_notAfter(x), wish.valid_to_days * day);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(wish.common_name.c_str()), -1,
                             -1, 0);
  X509* signer = issuer == nullptr ? x : issuer;
  X509_set_issuer_name(x, X509_get_subject_name(signer));
  X509_set_pubkey(x, key);
  add_extension(x, signer, NID_basic_constraints, wish.authority ? "critical,CA:TRUE" : "CA:FALSE");
  if (wish.authority) add_extension(x, signer, NID_key_usage, "critical,keyCertSign,cRLSign");
  add_extension(x, signer, NID_subject_key_identifier, "hash");
  std::string names;
  for (const std::string& name : wish.alternative_names) names += (names.empty() ? "" : ",") + name;
  if (!names.empty()) add_extension(x, signer, NID_subject_alt_name, names);
  if (!wish.extended_key_usage.empty())
    add_extension(x, signer, NID_ext_key_usage, wish.extended_key_usage);
  must(X509_sign(x, issuer_key == nullptr ? key : issuer_key, EVP_sha256()) > 0, "signature");
  return certificate;
}

Key new_key() { return Key(EVP_EC_gen("P-256")); }

}  // namespace

struct TestAuthority::State {
  Key key;
  Certificate certificate;
  std::string key_pem, certificate_pem;
};

TestAuthority::TestAuthority(const std::string& common_name) : state_(std::make_unique<State>()) {
  state_->key = new_key();
  state_->certificate = make({.common_name = common_name,
                              .alternative_names = {},
                              .valid_to_days = 365,
                              .authority = true},
                             state_->key.get(), nullptr, nullptr);
  state_->key_pem = pem_of(state_->key.get());
  state_->certificate_pem = pem_of(state_->certificate.get());
}
TestAuthority::~TestAuthority() = default;
TestAuthority::TestAuthority(TestAuthority&&) noexcept = default;
TestAuthority& TestAuthority::operator=(TestAuthority&&) noexcept = default;

const std::string& TestAuthority::certificate_pem() const { return state_->certificate_pem; }
const std::string& TestAuthority::key_pem() const { return state_->key_pem; }

Identity TestAuthority::issue(const CertificateWish& wish) const {
  const Key key = new_key();
  const Certificate leaf = make(wish, key.get(), state_->certificate.get(), state_->key.get());
  return {pem_of(key.get()), pem_of(leaf.get()) + state_->certificate_pem};
}

Identity self_signed(const CertificateWish& wish) {
  const Key key = new_key();
  return {pem_of(key.get()), pem_of(make(wish, key.get(), nullptr, nullptr).get())};
}

}  // namespace loccit::testing
