#include "verifier/fold_table.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

namespace loccit {
namespace {

// Letters that no decomposition reaches, but that differ only by a stroke, a ligature or a
// keyboard: what a reader without the key types, or what two keyboards for one language disagree
// on.
struct Alias {
  char32_t from;
  const char* to;
};
constexpr std::array aliases = {
    Alias{0x0131, "i"},  // Turkish dotless i: its capital is I, so case folding alone would part
                         // the two
    Alias{0x00E6, "ae"}, Alias{0x0153, "oe"}, Alias{0x00F8, "o"}, Alias{0x0142, "l"},
    Alias{0x0111, "d"}, Alias{0x0127, "h"}, Alias{0x0167, "t"},
    Alias{0x06CC, "\u064A"},  // Farsi yeh
    Alias{0x0649, "\u064A"},  // alef maksura
    Alias{0x06A9, "\u0643"},  // keheh
    Alias{0x06C1, "\u0647"},  // heh goal
    Alias{0x0671, "\u0627"},  // alef wasla
    Alias{0x0451, "\u0435"},  // ё is printed as е
};

bool one_of(char32_t c, std::u32string_view set) {
  return set.find(c) != std::u32string_view::npos;
}

// Marks that are spelling, not decoration: every mark of the scripts where a vowel is one, and the
// voicing of Kana.
bool is_spelling(char32_t c) {
  if (c == 0x3099 || c == 0x309A) return true;
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(c), &status)) {
    case USCRIPT_LATIN:
    case USCRIPT_GREEK:
    case USCRIPT_CYRILLIC:
    case USCRIPT_HEBREW:
    case USCRIPT_ARABIC:
    case USCRIPT_SYRIAC:
    case USCRIPT_INHERITED:
    case USCRIPT_COMMON:
      return false;
    default:
      return true;
  }
}

FoldClass class_of_common(char32_t c) {
  if (one_of(c,
             U"'\u2019\u2018\u201B\u02BC\u02B9\u02BB\u02BF\u02BE\uFF07`"
             U"\u00B4\u05F3\u05F4\u00B7\u0387\u2032"))
    return FoldClass::apostrophe;
  if (one_of(c, U"-\u2010\u2011\uFE63\uFF0D\u05BE\u1806")) return FoldClass::hyphen;
  if (one_of(c, U"\u2012\u2013\u2014\u2015\uFE58\u2E3A\u2E3B")) return FoldClass::dash;
  if (one_of(c, U"\u2212\u207B")) return FoldClass::minus;
  if (one_of(c, U".\uFF0E\u2024\u066B")) return FoldClass::full_stop;
  if (one_of(c, U",\uFF0C\u066C")) return FoldClass::comma;
  if (one_of(c, U":\uFF1A\u2236")) return FoldClass::colon;
  if (one_of(c, U"/\uFF0F\u2044\u2215")) return FoldClass::slash;
  if (one_of(c, U"&@#_+\uFF06\uFF20\uFF03\uFF3F\uFF0B\u00B1\\")) return FoldClass::joiner;
  if (one_of(c, U"<>\u2264\u2265\u2260\uFF1C\uFF1E")) return FoldClass::comparison;
  return FoldClass::punctuation;
}

void set_bytes(FoldEntry& entry, std::string_view bytes) {
  entry.length = static_cast<std::uint8_t>(bytes.size());
  std::memcpy(entry.bytes, bytes.data(), bytes.size());
}

std::string folded_letters(char32_t c) {
  static const icu::Normalizer2* const caseless = [] {
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFKCCasefoldInstance(status);
  }();
  static const icu::Normalizer2* const decomposed = [] {
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFKDInstance(status);
  }();
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString parts = decomposed->normalize(
      caseless->normalize(icu::UnicodeString(static_cast<UChar32>(c)), status), status);
  std::string bytes;
  for (int32_t i = 0; i < parts.length(); i = parts.moveIndex32(i, 1)) {
    const auto part = static_cast<char32_t>(parts.char32At(i));
    const auto type = u_charType(static_cast<UChar32>(part));
    const bool is_mark =
        type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_COMBINING_SPACING_MARK;
    if (is_mark && !is_spelling(part)) continue;
    if (!is_mark && !u_isalpha(static_cast<UChar32>(part)) &&
        !u_isdigit(static_cast<UChar32>(part)))
      continue;
    const auto alias = std::find_if(aliases.begin(), aliases.end(),
                                    [&](const Alias& a) { return a.from == part; });
    if (alias != aliases.end()) {
      bytes += alias->to;
    } else {
      icu::UnicodeString(static_cast<UChar32>(part)).toUTF8String(bytes);
    }
  }
  return bytes;
}

FoldEntry make_entry(char32_t code_point) {
  const auto c = static_cast<UChar32>(code_point);
  FoldEntry entry;
  const auto type = u_charType(c);
  if (code_point == '\n' || code_point == '\r' || code_point == 0x2028 || code_point == 0x2029 ||
      code_point == '\f') {
    entry.fold_class = FoldClass::line_break;
    return entry;
  }
  if (u_isUWhiteSpace(c) || code_point == 0x2800 || (type == U_CONTROL_CHAR && code_point < 0x20)) {
    entry.fold_class = FoldClass::blank;
    return entry;
  }
  if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || type == U_FORMAT_CHAR ||
      code_point == 0x0640) {
    entry.fold_class = FoldClass::dropped;
    return entry;
  }
  if (const FoldClass common = class_of_common(code_point); common != FoldClass::punctuation) {
    entry.fold_class = common;
    if (common == FoldClass::comparison) {
      std::string bytes;
      icu::UnicodeString(c).toUTF8String(bytes);
      if (code_point >= 0xFF00) bytes = static_cast<char>(code_point - 0xFF00 + 0x20);
      set_bytes(entry, bytes);
    }
    return entry;
  }
  if (type == U_DECIMAL_DIGIT_NUMBER) {
    entry.fold_class = FoldClass::digit;
    set_bytes(entry, std::string(1, static_cast<char>('0' + u_charDigitValue(c))));
    return entry;
  }
  if (type == U_CURRENCY_SYMBOL || one_of(code_point, U"%\u2030\u2031\u066A\uFF05\uFE6A\u00B0")) {
    entry.fold_class = FoldClass::symbol;
    std::string bytes;
    icu::UnicodeString(c).toUTF8String(bytes);
    if (one_of(code_point, U"\u066A\uFF05\uFE6A")) bytes = "%";
    if (code_point == 0xFF04) bytes = "$";
    if (code_point == 0xFFE5) bytes = "\u00A5";
    if (code_point == 0xFFE1) bytes = "\u00A3";
    set_bytes(entry, bytes);
    return entry;
  }
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_COMBINING_SPACING_MARK) {
    entry.fold_class = FoldClass::dropped;
    if (is_spelling(code_point)) {
      const std::string bytes = folded_letters(code_point);
      entry.fold_class = bytes.empty() ? FoldClass::dropped : FoldClass::mark;
      entry.combining_class = u_getCombiningClass(c);
      set_bytes(entry, std::string_view(bytes).substr(0, sizeof entry.bytes));
    }
    return entry;
  }
  if (type == U_OTHER_NUMBER) {
    icu::UnicodeString parts;
    UErrorCode status = U_ZERO_ERROR;
    icu::Normalizer2::getNFKDInstance(status)->getDecomposition(c, parts);
    std::string bytes;
    parts.findAndReplace(icu::UnicodeString(UChar32{0x2044}), icu::UnicodeString(UChar32{'/'}))
        .toUTF8String(bytes);
    const auto ascii_digit = [](char ch) { return ch >= '0' && ch <= '9'; };
    if (!bytes.empty() && bytes.size() <= 8 &&
        std::all_of(bytes.begin(), bytes.end(), ascii_digit)) {
      const bool subscript = code_point >= 0x2080 && code_point <= 0x2089;
      entry.fold_class = subscript ? FoldClass::digit : FoldClass::raised;
      set_bytes(entry, bytes);
      return entry;
    }
    if (bytes.find('/') != std::string::npos && bytes.size() <= 8) {
      entry.fold_class = FoldClass::fraction;
      set_bytes(entry, bytes);
      return entry;
    }
  }
  // Letters proper, and what compatibility makes letters of (№ is "No", ㎏ is "kg"); trade marks
  // are no words.
  if (one_of(code_point, U"\u2122\u2120\u00A9\u00AE\u2117")) return entry;
  const std::string bytes = folded_letters(code_point);
  if (bytes.empty()) return entry;
  if (bytes.size() > sizeof entry.bytes) {  // U+FDFA: a whole blessing in one character
    entry.fold_class = FoldClass::dropped;
    return entry;
  }
  UErrorCode status = U_ZERO_ERROR;
  const bool unspaced = uscript_breaksBetweenLetters(uscript_getScript(c, &status)) ||
                        code_point == 0x30FC || code_point == 0x3005;
  entry.fold_class = unspaced ? FoldClass::unspaced : FoldClass::letter;
  entry.lower_or_caseless = !(u_isupper(c) || u_istitle(c));
  set_bytes(entry, bytes);
  return entry;
}

constexpr char32_t block_size = 256;
using EntryBlock = std::array<FoldEntry, block_size>;
std::array<std::atomic<const EntryBlock*>, 0x110000 / block_size> entry_blocks;

const EntryBlock& make_block(std::size_t index) {
  auto block = std::make_unique<EntryBlock>();
  for (char32_t i = 0; i < block_size; ++i) {
    (*block)[i] = make_entry(static_cast<char32_t>(index) * block_size + i);
  }
  const EntryBlock* expected = nullptr;
  // Two threads may build the same block; one of the two equal ones is kept, for the life of the
  // program.
  if (entry_blocks[index].compare_exchange_strong(expected, block.get(), std::memory_order_acq_rel))
    return *block.release();
  return *expected;
}

}  // namespace

const FoldEntry& fold_entry(char32_t code_point) {
  const std::size_t index = std::min<std::size_t>(code_point / block_size, entry_blocks.size() - 1);
  const EntryBlock* block = entry_blocks[index].load(std::memory_order_acquire);
  return (block != nullptr ? *block : make_block(index))[code_point % block_size];
}

}  // namespace loccit
