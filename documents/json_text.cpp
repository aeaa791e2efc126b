#include "documents/json_text.h"

#include <algorithm>
#include <optional>

#include "base/utf8.h"
#include "documents/html_text.h"
#include "documents/text_builder.h"

namespace loccit {
namespace {

std::optional<char32_t> read_hex4(std::string_view text, std::size_t at) {
  if (at + 4 > text.size()) return std::nullopt;
  char32_t value = 0;
  for (const char c : text.substr(at, 4)) {
    const auto digit = static_cast<char32_t>(c >= '0' && c <= '9'   ? c - '0'
                                             : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                             : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                                    : 99);
    if (digit > 15) return std::nullopt;
    value = value << 4U | digit;
  }
  return value;
}

// The escape after the backslash at `at`; returns where reading goes on.
std::size_t read_escape(std::string_view json, std::size_t at, std::string& out) {
  if (at + 1 >= json.size()) return json.size();
  switch (json[at + 1]) {
    case 'n':
    case 'r':
      out.push_back('\n');
      return at + 2;
    case 't':
      out.push_back('\t');
      return at + 2;
    case 'b':
    case 'f':
      out.push_back(' ');
      return at + 2;
    case 'u':
      break;
    default:
      out.push_back(json[at + 1]);
      return at + 2;
  }
  const auto unit = read_hex4(json, at + 2);
  if (!unit) return at + 2;
  if (*unit >= 0xD800 && *unit < 0xDC00 && json.substr(at + 6, 2) == "\\u") {
    const auto low = read_hex4(json, at + 8);
    if (low && *low >= 0xDC00 && *low < 0xE000) {
      append_utf8(out, 0x10000 + ((*unit - 0xD800) << 10U) + (*low - 0xDC00));
      return at + 12;
    }
  }
  append_utf8(out, *unit == 0 ? 0xFFFD : *unit);
  return at + 6;
}

}  // namespace

void each_json_string(std::string_view json, const std::function<void(std::string&&)>& take) {
  for (std::size_t at = json.find('"'); at != std::string_view::npos; at = json.find('"', at)) {
    std::string value;
    ++at;
    while (at < json.size() && json[at] != '"') {
      const std::size_t stop = std::min(json.find_first_of("\\\"", at), json.size());
      value.append(json, at, stop - at);
      at = stop;
      if (at < json.size() && json[at] == '\\') at = read_escape(json, at, value);
    }
    at = std::min(at + 1, json.size());
    const std::size_t next = json.find_first_not_of(" \t\r\n", at);
    const bool is_name = next != std::string_view::npos && json[next] == ':';
    if (!is_name && !value.empty()) take(std::move(value));
  }
}

TextContent json_content(std::string_view utf8, const ReadLimits& limits) {
  TextContent content;
  TextBuilder builder(content, limits.max_output);
  each_json_string(utf8, [&](std::string&& value) {
    builder.words(looks_like_markup(value) ? fragment_text(value) : value);
    builder.end_block();
  });
  builder.finish();
  return content;
}

}  // namespace loccit
