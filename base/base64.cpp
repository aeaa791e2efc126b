#include "base/base64.h"

#include <array>
#include <cstdint>

namespace loccit {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t no_digit = 0xFF;

constexpr std::array<std::uint8_t, 256> digits = [] {
  std::array<std::uint8_t, 256> table{};
  for (auto& entry : table) entry = no_digit;
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return table;
}();

}  // namespace

std::string to_base64(Bytes bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      group = group << 8U | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    out.push_back(alphabet[group >> 18U & 63U]);
    out.push_back(alphabet[group >> 12U & 63U]);
    out.push_back(i + 1 < bytes.size() ? alphabet[group >> 6U & 63U] : '=');
    out.push_back(i + 2 < bytes.size() ? alphabet[group & 63U] : '=');
  }
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  std::string out;
  out.reserve(text.size() / 4 * 3);
  std::uint32_t group = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_padding = i >= text.size() - padding;
    const std::uint8_t digit =
        is_padding ? std::uint8_t{0} : digits[static_cast<unsigned char>(text[i])];
    if (digit == no_digit) return std::nullopt;
    group = group << 6U | digit;
    if (i % 4 != 3) continue;
    out.push_back(static_cast<char>(group >> 16U & 0xFFU));
    out.push_back(static_cast<char>(group >> 8U & 0xFFU));
    out.push_back(static_cast<char>(group & 0xFFU));
    group = 0;
  }
  for (std::size_t i = 0; i < padding; ++i) {
    if (out.back() != '\0') return std::nullopt;  // RFC 4648 §3.5: pad bits must be zero
    out.pop_back();
  }
  return out;
}

}  // namespace loccit
