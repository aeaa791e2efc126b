#include <openssl/err.h>
#include <openssl/rsa.h>

#include "manifests/openssl_objects_handles.h"

namespace loccit {

Bio reading_from(Bytes bytes) {
  return Bio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

std::string content_of(BIO* memory) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory, &data);
  return size <= 0 ? std::string() : std::string(data, static_cast<std::size_t>(size));
}

Timestamp moment(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
  return Timestamp(std::chrono::seconds(timegm(&parts)));
}

std::time_t seconds_since_epoch(Timestamp time) {
  return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

std::string openssl_words() {
  std::string words;
  while (const unsigned long code = ERR_get_error()) {
    const char* reason = ERR_reason_error_string(code);
    if (reason == nullptr) continue;
    if (words.find(reason) != std::string::npos) continue;
    if (!words.empty()) words += ", ";
    words += reason;
  }
  return words.empty() ? "OpenSSL gave no reason" : words;
}

Key public_key_from_der(Bytes spki) {
  Key key = from_der<d2i_PUBKEY, i2d_PUBKEY, Key>(spki);
  if (!key) return nullptr;
  switch (EVP_PKEY_get_base_id(key.get())) {
    case EVP_PKEY_EC:
    case EVP_PKEY_ED25519:
    case EVP_PKEY_ED448:
      return key;
    case EVP_PKEY_RSA:  // NIST SP 800-131A: shorter keys are broken or nearly; longer ones only
                        // burn time
      return EVP_PKEY_get_bits(key.get()) >= 2048 && EVP_PKEY_get_bits(key.get()) <= 16384
                 ? std::move(key)
                 : nullptr;
    default:
      return nullptr;
  }
}

}  // namespace loccit
