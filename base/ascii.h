// The letters and digits of ASCII, in any locale: what protocols and formats compare without regard
// to case. Words that people read go by Unicode (documents/code_points.h).
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace loccit::ascii {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

constexpr char lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
inline std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return lower(c); });
  return out;
}

}  // namespace loccit::ascii
