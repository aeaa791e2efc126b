// Unicode text: from any charset to valid UTF-8, code points, language.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace loccit {

struct DecodedText {
  std::string text;     // valid UTF-8, no BOM; undecodable bytes are U+FFFD, NUL is U+FFFD
  std::string charset;  // what it was read as, IANA name in lower case
};

// BOM, then valid UTF-8 that is not plain ASCII, then `declared` (HTTP header first, else meta or
// XML declaration; a label that does not exist is as none), then detection (uchardet), then
// windows-1252. UTF-8 comes first because a stored page is often UTF-8 under a stale label.
// `declared_inside` is what the page says of itself where a header speaks too: it is asked where
// the header's claim cannot be true of these bytes.
enum class NulBytes { replace, drop };
DecodedText decode_text(Bytes bytes, std::string_view declared_charset,
                        std::string_view declared_inside = {},
                        NulBytes nul_bytes = NulBytes::replace);

bool is_valid_utf8(Bytes bytes);
std::string repair_utf8(Bytes bytes);  // invalid sequences become U+FFFD, one per maximal subpart

// Of UTF-8: not the first byte of a code point.
constexpr bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}
std::size_t count_code_points(std::string_view utf8);
// Byte offset of the nth code point (the size where there are fewer).
std::size_t byte_offset(std::string_view utf8, std::size_t code_point);

// ISO 639-1 (or -3) code by CLD2, "" when it is not sure. "zh" without a script.
std::string detect_language(std::string_view utf8);
// The same for a text in several languages: all that a fair part of it is in, the first first.
std::vector<std::string> detect_languages(std::string_view utf8);

}  // namespace loccit
