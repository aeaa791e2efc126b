#include "documents/visual_order.h"

#include <algorithm>
#include <array>
#include <vector>

#include <unicode/uchar.h>

#include "base/utf8.h"

namespace loccit {
namespace {

struct Letter {
  std::string_view bytes;
  char32_t code_point = 0;
};

std::vector<Letter> letters_of(std::string_view utf8) {
  std::vector<Letter> letters;
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t length = std::max<std::size_t>(utf8_sequence_length(utf8, at), 1);
    letters.push_back({utf8.substr(at, length), utf8_decode(utf8, at, length)});
    at += length;
  }
  return letters;
}

bool is_right_to_left(char32_t c) {
  if (c < 0x590) return false;
  const UCharDirection direction = u_charDirection(static_cast<UChar32>(c));
  return direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC;
}

bool keeps_its_order(char32_t c) {
  const UCharDirection direction = u_charDirection(static_cast<UChar32>(c));
  return direction == U_LEFT_TO_RIGHT || direction == U_EUROPEAN_NUMBER ||
         direction == U_ARABIC_NUMBER || c == '.' || c == ',' || c == '/' || c == ':' || c == '%' ||
         c == '-';
}

}  // namespace

bool has_right_to_left(std::string_view utf8) {
  for (std::size_t at = skip_ascii(utf8, 0); at < utf8.size(); at = skip_ascii(utf8, at)) {
    const std::size_t length = std::max<std::size_t>(utf8_sequence_length(utf8, at), 1);
    if (is_right_to_left(utf8_decode(utf8, at, length))) return true;
    at += length;
  }
  return false;
}

bool is_mostly_right_to_left(std::string_view utf8) {
  std::size_t right = 0;
  std::size_t left = 0;
  for (const Letter& letter : letters_of(utf8)) {
    right += is_right_to_left(letter.code_point) ? 1U : 0U;
    left += u_charDirection(static_cast<UChar32>(letter.code_point)) == U_LEFT_TO_RIGHT ? 1U : 0U;
  }
  return right > left;
}

std::string logical_from_visual(std::string_view utf8) {
  if (!has_right_to_left(utf8)) return std::string(utf8);
  std::vector<Letter> letters = letters_of(utf8);
  std::reverse(letters.begin(), letters.end());
  // Runs of numbers and Latin letters were in order before; a full stop at either end of one
  // belongs to the sentence.
  for (auto at = letters.begin(); at != letters.end();) {
    auto end = std::find_if_not(
        at, letters.end(), [](const Letter& letter) { return keeps_its_order(letter.code_point); });
    const auto is_strong = [](const Letter& letter) {
      return u_isalnum(static_cast<UChar32>(letter.code_point)) != 0;
    };
    const auto first = std::find_if(at, end, is_strong);
    auto last = end;
    while (last != first && !is_strong(*(last - 1))) --last;
    std::reverse(first, last);
    at = end == letters.end() ? end : end + 1;
  }
  std::string logical;
  for (const Letter& letter : letters) logical += letter.bytes;
  return logical;
}

}  // namespace loccit
