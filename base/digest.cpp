#include "base/digest.h"

#include <algorithm>
#include <cctype>
#include <stdexcept>
#include <vector>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/openssl_handles.h"

namespace loccit {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> from_hex(std::string_view hex) {
  if (hex.size() % 2 != 0) return std::nullopt;
  std::string out;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const int high = hex_digit(hex[i]);
    const int low = hex_digit(hex[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out.push_back(static_cast<char>(high * 16 + low));
  }
  return out;
}

// RFC 4648 §6; padding is optional, as in WARC files.
std::optional<std::string> from_base32(std::string_view text) {
  while (!text.empty() && text.back() == '=') text.remove_suffix(1);
  std::string out;
  unsigned buffer = 0;
  int bits = 0;
  for (const char raw : text) {
    const char c = static_cast<char>(std::toupper(static_cast<unsigned char>(raw)));
    unsigned value = 0;
    if (c >= 'A' && c <= 'Z') {
      value = static_cast<unsigned>(c - 'A');
    } else if (c >= '2' && c <= '7') {
      value = static_cast<unsigned>(c - '2') + 26;
    } else {
      return std::nullopt;
    }
    buffer = (buffer << 5U) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out.push_back(static_cast<char>((buffer >> static_cast<unsigned>(bits)) & 0xFFU));
    }
  }
  return out;
}

}  // namespace

Sha256 sha256(Bytes bytes) {
  Sha256 digest;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.value.data(), nullptr, EVP_sha256(), nullptr) !=
      1) {
    throw std::runtime_error("OpenSSL cannot compute a digest");
  }
  return digest;
}

std::string to_hex(Bytes bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out.push_back(digits[byte >> 4U]);
    out.push_back(digits[byte & 15U]);
  }
  return out;
}

Sha256 hmac_sha256(Bytes key, Bytes message) {
  Sha256 mac;
  unsigned int length = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(message.data());
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes, message.size(),
           mac.value.data(), &length) == nullptr ||
      length != mac.value.size())
    throw std::runtime_error("HMAC-SHA-256 failed");
  return mac;
}

std::string to_hex(const Sha256& digest) {
  return to_hex(Bytes(reinterpret_cast<const char*>(digest.value.data()), digest.value.size()));
}

std::optional<Sha256> sha256_from_hex(std::string_view hex) {
  const auto raw = from_hex(hex);
  if (!raw || raw->size() != 32) return std::nullopt;
  Sha256 digest;
  std::copy(raw->begin(), raw->end(), reinterpret_cast<char*>(digest.value.data()));
  return digest;
}

std::string label(const Sha256& digest) { return "sha256:" + to_hex(digest); }

struct Sha256Stream::State {
  DigestContext context{EVP_MD_CTX_new()};
};

Sha256Stream::Sha256Stream() : state_(std::make_unique<State>()) {
  if (!state_->context || EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("OpenSSL cannot start a SHA-256");
  }
}
Sha256Stream::~Sha256Stream() = default;
Sha256Stream::Sha256Stream(Sha256Stream&&) noexcept = default;
Sha256Stream& Sha256Stream::operator=(Sha256Stream&&) noexcept = default;

void Sha256Stream::update(Bytes bytes) {
  if (EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()) != 1) {
    throw std::runtime_error("OpenSSL cannot go on with a SHA-256");
  }
}

Sha256 Sha256Stream::finish() {
  Sha256 digest;
  if (EVP_DigestFinal_ex(state_->context.get(), digest.value.data(), nullptr) != 1) {
    throw std::runtime_error("OpenSSL cannot finish a SHA-256");
  }
  return digest;
}

struct LabelCheck::State {
  std::string claimed;
  DigestContext context{EVP_MD_CTX_new()};
};

LabelCheck::LabelCheck(std::unique_ptr<State> state) : state_(std::move(state)) {}
LabelCheck::~LabelCheck() = default;
LabelCheck::LabelCheck(LabelCheck&&) noexcept = default;
LabelCheck& LabelCheck::operator=(LabelCheck&&) noexcept = default;

std::optional<LabelCheck> LabelCheck::create(std::string_view digest_label) {
  const std::size_t colon = digest_label.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string algorithm;
  for (const char c : digest_label.substr(0, colon)) {
    if (c != '-')
      algorithm.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  }
  const EVP_MD* method = algorithm == "sha256"   ? EVP_sha256()
                         : algorithm == "sha1"   ? EVP_sha1()
                         : algorithm == "sha512" ? EVP_sha512()
                         : algorithm == "md5"    ? EVP_md5()
                                                 : nullptr;
  if (method == nullptr) return std::nullopt;
  const std::string_view value = digest_label.substr(colon + 1);
  const auto size = static_cast<std::size_t>(EVP_MD_get_size(method));
  // MD5 is 32 characters either way: only "=" tells base32.
  auto claimed = value.size() == size * 2 && value.find('=') == std::string_view::npos
                     ? from_hex(value)
                     : from_base32(value);
  if (!claimed || claimed->size() != size) return std::nullopt;
  auto state = std::make_unique<State>();
  state->claimed = std::move(*claimed);
  if (!state->context || EVP_DigestInit_ex(state->context.get(), method, nullptr) != 1) {
    throw std::runtime_error("OpenSSL cannot start a digest");
  }
  return LabelCheck(std::move(state));
}

void LabelCheck::update(Bytes bytes) {
  if (EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()) != 1) {
    throw std::runtime_error("OpenSSL cannot go on with a digest");
  }
}

bool LabelCheck::matches() {
  std::string found(EVP_MAX_MD_SIZE, '\0');
  unsigned length = 0;
  if (EVP_DigestFinal_ex(state_->context.get(), reinterpret_cast<unsigned char*>(found.data()),
                         &length) != 1) {
    throw std::runtime_error("OpenSSL cannot finish a digest");
  }
  found.resize(length);
  return found == state_->claimed;
}

std::optional<bool> matches_label(Bytes bytes, std::string_view digest_label) {
  auto check = LabelCheck::create(digest_label);
  if (!check) return std::nullopt;
  check->update(bytes);
  return check->matches();
}

}  // namespace loccit
