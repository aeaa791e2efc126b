#include "base/uuid.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <openssl/rand.h>

#include "base/digest.h"

namespace loccit {

IdSource random_ids() {
  return [] {
    std::array<unsigned char, 16> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
      throw std::runtime_error("no random bytes from OpenSSL");
    bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0FU) | 0x40U);
    bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3FU) | 0x80U);
    std::string hex = to_hex(Bytes(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
    for (const std::size_t at : {20U, 16U, 12U, 8U}) hex.insert(at, "-");
    return "urn:uuid:" + hex;
  };
}

std::string id_of_content(const Sha256& digest) {
  std::array<std::uint8_t, 16> bytes{};
  std::copy_n(digest.value.begin(), bytes.size(), bytes.begin());
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0FU) | 0x80U);
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3FU) | 0x80U);
  std::string hex = to_hex(Bytes(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
  for (const std::size_t at : {20U, 16U, 12U, 8U}) hex.insert(at, "-");
  return "urn:uuid:" + hex;
}

}  // namespace loccit
