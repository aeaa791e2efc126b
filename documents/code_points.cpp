#include "documents/code_points.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "base/text.h"

namespace loccit {
namespace {

UChar32 as_icu(char32_t c) { return static_cast<UChar32>(c); }

bool is_opening_punctuation(char32_t c) {
  const auto type = u_charType(as_icu(c));
  return type == U_START_PUNCTUATION || type == U_INITIAL_PUNCTUATION || c == U'"' || c == U'\'' ||
         c == U'\u201D' || c == U'\u00BB';
}

char32_t first_letter(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (!is_blank(c) && !is_opening_punctuation(c)) return c;
  }
  return 0;
}

}  // namespace

char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0x80) return lead;
  const unsigned following = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC2 ? 1 : 0;
  if (following == 0 || lead > 0xF4) return U'\uFFFD';
  char32_t c = lead & (0x3FU >> following);
  for (unsigned i = 0; i < following; ++i) {
    if (at == text.size() || !is_continuation(text[at])) return U'\uFFFD';
    c = (c << 6U) | (static_cast<unsigned char>(text[at++]) & 0x3FU);
  }
  return c;
}

char32_t code_point_at(std::string_view text, std::size_t at) {
  return at >= text.size() ? 0 : next_code_point(text, at);
}

std::size_t start_of_code_point_before(std::string_view text, std::size_t at) {
  if (at == 0) return 0;
  std::size_t begin = at - 1;
  while (begin > 0 && at - begin < 4 && is_continuation(text[begin])) --begin;
  return begin;
}

std::size_t letters_before(std::string_view text, std::size_t at, std::size_t most) {
  std::size_t count = 0;
  for (; at > 0 && count < most && is_letter(code_point_before(text, at)); ++count)
    at = start_of_code_point_before(text, at);
  return count;
}

char32_t code_point_before(std::string_view text, std::size_t at) {
  return at == 0 ? 0 : code_point_at(text, start_of_code_point_before(text, at));
}

// Most text is ASCII, whose answers need no table.
bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
  return u_isalpha(as_icu(c)) != 0 || u_charType(as_icu(c)) == U_NON_SPACING_MARK;
}
bool is_upper(char32_t c) { return c < 0x80 ? c >= U'A' && c <= U'Z' : u_isupper(as_icu(c)) != 0; }
bool is_lower(char32_t c) { return c < 0x80 ? c >= U'a' && c <= U'z' : u_islower(as_icu(c)) != 0; }
bool is_caseless(char32_t c) { return is_letter(c) && !is_upper(c) && !is_lower(c); }
bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool has_arabic_digits(std::string_view text) {
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {  // U+0660 to U+0669, U+06F0 to U+06F9
    const auto lead = static_cast<unsigned char>(text[at]);
    const auto tail = static_cast<unsigned char>(text[at + 1]);
    if ((lead == 0xD9 && tail >= 0xA0 && tail <= 0xA9) ||
        (lead == 0xDB && tail >= 0xB0 && tail <= 0xB9))
      return true;
  }
  return false;
}

bool is_blank(char32_t c) {
  if (c < 0x80) return c == U' ' || (c >= U'\t' && c <= U'\r');
  return u_isUWhiteSpace(as_icu(c)) != 0 || c == U'\u200B' || c == U'\uFEFF' || c == U'\u2060';
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  bool is_ascii = true;
  for (char& c : lower) {
    is_ascii = is_ascii && static_cast<unsigned char>(c) < 0x80;
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  if (is_ascii) return lower;
  lower.clear();
  icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())))
      .toLower(icu::Locale::getRoot())
      .toUTF8String(lower);
  return lower;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty()) {
    std::size_t next = 0;
    if (!is_blank(next_code_point(text, next))) break;
    text.remove_prefix(next);
  }
  while (!text.empty()) {
    const std::size_t last = start_of_code_point_before(text, text.size());
    if (!is_blank(code_point_at(text, last))) break;
    text.remove_suffix(text.size() - last);
  }
  return text;
}

std::string collapsed(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  bool blank_pending = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (is_blank(next_code_point(text, at))) {
      blank_pending = true;
      continue;
    }
    if (blank_pending && !result.empty()) result += ' ';
    blank_pending = false;
    result += text.substr(begin, at - begin);
  }
  return result;
}

bool starts_with_upper(std::string_view text) { return is_upper(first_letter(text)); }
bool starts_with_lower(std::string_view text) { return is_lower(first_letter(text)); }

std::vector<std::string_view> letter_runs(std::string_view text, std::size_t limit) {
  std::vector<std::string_view> runs;
  std::size_t begin = 0;
  bool inside = false;
  for (std::size_t at = 0; at < text.size() && runs.size() < limit;) {
    const std::size_t here = at;
    const bool letter = is_letter(next_code_point(text, at));
    if (letter && !inside) begin = here;
    if (!letter && inside) runs.push_back(text.substr(begin, here - begin));
    inside = letter;
  }
  if (inside && runs.size() < limit) runs.push_back(text.substr(begin));
  return runs;
}

bool raise_digits(std::string& text, std::size_t begin) {
  static constexpr std::array<std::string_view, 10> superscripts = {
      "\u2070", "\u00B9", "\u00B2", "\u00B3", "\u2074",
      "\u2075", "\u2076", "\u2077", "\u2078", "\u2079"};
  const auto is_ascii_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (begin == 0 || begin >= text.size() || !is_ascii_digit(text[begin - 1])) return false;
  const std::string digits = text.substr(begin);
  if (!std::all_of(digits.begin(), digits.end(), is_ascii_digit)) return false;
  text.resize(begin);
  for (const char digit : digits) text += superscripts[static_cast<std::size_t>(digit - '0')];
  return true;
}

}  // namespace loccit
