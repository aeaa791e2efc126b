// What folding does to each code point, worked out from ICU's data once and then looked up.
#pragma once

#include <cstdint>

namespace loccit {

enum class FoldClass : std::uint8_t {
  letter,    // of a script that puts blanks between words; bytes hold its folded form
  unspaced,  // of a script without blanks (Han, Kana, Thai, Khmer, …): a token of its own
  mark,    // combining, and part of the spelling (Indic vowel signs, Thai tone marks, Kana voicing)
  digit,   // any script's decimal digit; bytes hold the ASCII digit
  raised,  // superscript or circled digit: an exponent after a number, a note mark elsewhere
  fraction,    // ½: bytes hold "1/2"
  symbol,      // percent, degree, currency: part of what a number says
  comparison,  // < > ≤ ≥ ≠: kept before a number, aside elsewhere
  dropped,     // soft hyphen, zero width, diacritics, points, tatweel: as if it were not there
  blank,
  line_break,
  apostrophe,
  hyphen,  // joins what it stands between
  dash,    // parts what it stands between
  minus,   // a sign and nothing else
  full_stop,
  comma,
  colon,
  slash,
  joiner,       // & @ # _ +: joins what it stands between without a blank
  punctuation,  // aside
};

struct FoldEntry {
  FoldClass fold_class = FoldClass::punctuation;
  std::uint8_t length = 0;           // of bytes
  std::uint8_t combining_class = 0;  // of a mark: the order in which marks are compared
  bool lower_or_caseless = true;     // false for a capital
  char bytes[28] = {};  // UTF-8, caseless, without diacritics, compatibility forms undone
};

const FoldEntry& fold_entry(char32_t code_point);

}  // namespace loccit
