// Well-formed UTF-8, sequence by sequence (Unicode 15 §3.9, table 3-7).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace loccit {

inline constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

// Length of the well-formed sequence at `at`, 0 where there is none.
std::size_t utf8_sequence_length(std::string_view text, std::size_t at);

// What one U+FFFD stands for at an ill-formed place: the maximal subpart of a sequence, at least
// one byte.
std::size_t utf8_broken_length(std::string_view text, std::size_t at);

// First byte at or after `at` that is not ASCII (the size where there is none).
std::size_t skip_ascii(std::string_view text, std::size_t at);

// The code point of a well-formed sequence of that length.
char32_t utf8_decode(std::string_view text, std::size_t at, std::size_t length);

// Surrogates and numbers past U+10FFFF become U+FFFD.
void append_utf8(std::string& text, char32_t code_point);

}  // namespace loccit
