#include "documents/html_entities.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/utf8.h"

namespace loccit {
namespace {

struct Named {
  std::string_view name;
  std::string_view text;
};

constexpr Named table[] = {
#include "documents/html_entity_table.inc"
};

static_assert(std::is_sorted(std::begin(table), std::end(table),
                             [](const Named& a, const Named& b) { return a.name < b.name; }));

constexpr std::size_t longest_name = 33;
constexpr std::size_t longest_without_semicolon = 6;

// Numbers 80 to 9F mean the bytes of windows-1252 (WHATWG §13.2.5.80). 0 stands for those that it
// leaves undefined.
constexpr std::array<char32_t, 32> windows_1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

const Named* find(std::string_view name) {
  const auto* row = std::lower_bound(
      std::begin(table), std::end(table), name,
      [](const Named& named, std::string_view wanted) { return named.name < wanted; });
  return row != std::end(table) && row->name == name ? row : nullptr;
}

int digit(char c, int base) {
  if (c >= '0' && c <= '9') return c - '0';
  if (base == 16 && c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (base == 16 && c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

CharacterReference read_number(std::string_view text, std::size_t at) {
  std::size_t i = at + 2;
  const int base = i < text.size() && (text[i] | 0x20) == 'x' ? 16 : 10;
  if (base == 16) ++i;
  const std::size_t first = i;
  char32_t value = 0;
  for (; i < text.size() && digit(text[i], base) >= 0; ++i) {
    value = std::min<char32_t>(
        value * static_cast<char32_t>(base) + static_cast<char32_t>(digit(text[i], base)),
        0x110000);
  }
  if (i == first) return {};
  if (i < text.size() && text[i] == ';') ++i;
  if (value >= 0x80 && value < 0xA0 && windows_1252[value - 0x80] != 0)
    value = windows_1252[value - 0x80];
  CharacterReference reference{i - at, {}};
  append_utf8(reference.text, value == 0 ? 0xFFFD : value);
  return reference;
}

}  // namespace

CharacterReference read_reference(std::string_view text, std::size_t at, ReferencePlace place) {
  if (at + 1 >= text.size()) return {};
  if (text[at + 1] == '#') return read_number(text, at);
  const std::string_view rest = text.substr(at + 1, longest_name);
  std::size_t size = 0;
  while (size < rest.size() && is_alphanumeric(rest[size])) ++size;
  if (size < rest.size() && rest[size] == ';') {
    if (const Named* row = find(rest.substr(0, size + 1)))
      return {size + 2, std::string(row->text)};
  }
  for (std::size_t length = std::min(size, longest_without_semicolon); length >= 2; --length) {
    const Named* row = find(rest.substr(0, length));
    if (row == nullptr) continue;
    // "?a=b&copy=c" is a query, not a copyright sign.
    const char next = length < rest.size() ? rest[length] : '\0';
    if (place == ReferencePlace::attribute && (next == '=' || is_alphanumeric(next))) return {};
    return {length + 1, std::string(row->text)};
  }
  return {};
}

std::string decode_references(std::string_view text, ReferencePlace place) {
  std::string decoded;
  std::size_t copied = 0;
  for (std::size_t at = text.find('&'); at != std::string_view::npos; at = text.find('&', at)) {
    const CharacterReference reference = read_reference(text, at, place);
    if (reference.length == 0) {
      ++at;
      continue;
    }
    decoded.append(text, copied, at - copied);
    decoded += reference.text;
    at += reference.length;
    copied = at;
  }
  decoded.append(text, copied);
  return decoded;
}

}  // namespace loccit
