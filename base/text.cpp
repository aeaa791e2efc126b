#include "base/text.h"

#include "base/utf8.h"

namespace loccit {

bool is_valid_utf8(Bytes bytes) {
  for (std::size_t at = skip_ascii(bytes, 0); at < bytes.size(); at = skip_ascii(bytes, at)) {
    while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) >= 0x80) {
      const std::size_t length = utf8_sequence_length(bytes, at);
      if (length == 0) return false;
      at += length;
    }
  }
  return true;
}

std::string repair_utf8(Bytes bytes) {
  std::string text;
  text.reserve(bytes.size());
  std::size_t copied = 0;
  for (std::size_t at = skip_ascii(bytes, 0); at < bytes.size(); at = skip_ascii(bytes, at)) {
    const std::size_t length = utf8_sequence_length(bytes, at);
    if (length != 0) {
      at += length;
      continue;
    }
    text.append(bytes, copied, at - copied);
    text += replacement_character;
    at += utf8_broken_length(bytes, at);
    copied = at;
  }
  text.append(bytes, copied);
  return text;
}

std::size_t count_code_points(std::string_view utf8) {
  std::size_t count = 0;
  for (const char c : utf8) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80 ? 1U : 0U;
  return count;
}

std::size_t byte_offset(std::string_view utf8, std::size_t code_point) {
  std::size_t at = 0;
  for (; at < utf8.size(); ++at) {
    if ((static_cast<unsigned char>(utf8[at]) & 0xC0U) == 0x80) continue;
    if (code_point-- == 0) break;
  }
  return at;
}

}  // namespace loccit
