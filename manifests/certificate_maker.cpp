#include "manifests/certificate_maker.h"

#include <array>

#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include "manifests/signing_key_handles.h"

namespace loccit {
namespace {

struct FreeExtension {
  void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
};

bool add_extension(X509* certificate, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, FreeExtension> extension(
      X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool plain_host(const std::string& host) {
  return !host.empty() && host.size() <= 64 &&  // RFC 5280: ub-common-name
         host.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") ==
             std::string::npos;
}

std::vector<std::string> all_hosts(const std::string& first, std::span<const std::string> others) {
  std::vector<std::string> hosts{first};
  hosts.insert(hosts.end(), others.begin(), others.end());
  return hosts;
}

}  // namespace

Result<Certificate> self_signed_certificate(const SigningKey& key, const std::string& host,
                                            Timestamp now, int days,
                                            std::span<const std::string> more_hosts) {
  std::string names;
  for (const std::string& name : all_hosts(host, more_hosts)) {
    if (!plain_host(name)) {
      return fail(
          FailureKind::malformed,
          "\"" + name + "\" is no host name of at most 64 letters, digits, dots and hyphens");
    }
    names += (names.empty() ? "DNS:" : ",DNS:") + name;
  }
  const X509Handle certificate(X509_new());
  std::array<unsigned char, 16> serial{};
  RAND_bytes(serial.data(), static_cast<int>(serial.size()));
  serial[0] &= 0x7F;  // RFC 5280 §4.1.2.2: positive
  const BigNumber number(BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr));
  BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate.get()));
  X509_set_version(certificate.get(), X509_VERSION_3);
  const std::time_t start = seconds_since_epoch(now) - 3600;
  ASN1_TIME_set(X509_getm_notBefore(certificate.get()), start);
  ASN1_TIME_adj(X509_getm_notAfter(certificate.get()), start, days, 3600);
  X509_NAME* name = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(host.c_str()), -1, -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  EVP_PKEY* pair = key.state().key.get();
  X509_set_pubkey(certificate.get(), pair);
  const bool hashes_itself = EVP_PKEY_get_base_id(pair) == EVP_PKEY_ED25519;
  if (!add_extension(certificate.get(), NID_basic_constraints, "critical,CA:FALSE") ||
      !add_extension(certificate.get(), NID_key_usage, "critical,digitalSignature") ||
      !add_extension(certificate.get(), NID_subject_key_identifier, "hash") ||
      !add_extension(certificate.get(), NID_subject_alt_name, names) ||
      X509_sign(certificate.get(), pair, hashes_itself ? nullptr : EVP_sha256()) == 0) {
    return fail(FailureKind::io, "the certificate cannot be made: " + openssl_words());
  }
  return read_certificate(to_der<i2d_X509>(certificate.get()));
}

}  // namespace loccit
