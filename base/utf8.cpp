#include "base/utf8.h"

#include <cstring>

namespace loccit {
namespace {

struct Lead {
  unsigned char length;      // of the whole sequence, 0 for what can begin none
  unsigned char second_low;  // the second byte's range; the others' is 80 to BF
  unsigned char second_high;
};

Lead lead(unsigned char first) {
  if (first < 0x80) return {1, 0, 0};
  if (first < 0xC2) return {0, 0, 0};
  if (first < 0xE0) return {2, 0x80, 0xBF};
  if (first == 0xE0) return {3, 0xA0, 0xBF};
  if (first == 0xED) return {3, 0x80, 0x9F};
  if (first < 0xF0) return {3, 0x80, 0xBF};
  if (first == 0xF0) return {4, 0x90, 0xBF};
  if (first < 0xF4) return {4, 0x80, 0xBF};
  if (first == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

unsigned char byte(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

// How many bytes from `at` on agree with the sequence that the first one begins.
std::size_t agreeing(std::string_view text, std::size_t at, const Lead& begun) {
  if (begun.length < 2) return begun.length;
  if (at + 1 >= text.size() || byte(text, at + 1) < begun.second_low ||
      byte(text, at + 1) > begun.second_high) {
    return 1;
  }
  std::size_t count = 2;
  while (count < begun.length && at + count < text.size() &&
         (byte(text, at + count) & 0xC0U) == 0x80)
    ++count;
  return count;
}

}  // namespace

std::size_t utf8_sequence_length(std::string_view text, std::size_t at) {
  const Lead begun = lead(byte(text, at));
  return agreeing(text, at, begun) == begun.length ? begun.length : 0;
}

std::size_t utf8_broken_length(std::string_view text, std::size_t at) {
  const std::size_t count = agreeing(text, at, lead(byte(text, at)));
  return count == 0 ? 1 : count;
}

std::size_t skip_ascii(std::string_view text, std::size_t at) {
  std::uint64_t word = 0;
  while (at + sizeof word <= text.size()) {
    std::memcpy(&word, text.data() + at, sizeof word);
    if ((word & 0x8080808080808080U) != 0) break;
    at += sizeof word;
  }
  while (at < text.size() && byte(text, at) < 0x80) ++at;
  return at;
}

char32_t utf8_decode(std::string_view text, std::size_t at, std::size_t length) {
  if (length < 2) return byte(text, at);
  char32_t value = byte(text, at) & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) value = value << 6U | (byte(text, at + i) & 0x3FU);
  return value;
}

void append_utf8(std::string& text, char32_t code_point) {
  const auto tail = [&](unsigned shift) {
    text.push_back(static_cast<char>(0x80U | ((code_point >> shift) & 0x3FU)));
  };
  if (code_point < 0x80) {
    text.push_back(static_cast<char>(code_point));
  } else if (code_point < 0x800) {
    text.push_back(static_cast<char>(0xC0U | code_point >> 6U));
    tail(0);
  } else if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) {
    text += replacement_character;
  } else if (code_point < 0x10000) {
    text.push_back(static_cast<char>(0xE0U | code_point >> 12U));
    tail(6);
    tail(0);
  } else {
    text.push_back(static_cast<char>(0xF0U | code_point >> 18U));
    tail(12);
    tail(6);
    tail(0);
  }
}

}  // namespace loccit
