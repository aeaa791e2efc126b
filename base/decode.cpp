#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include <uchardet.h>
#include <unicode/ucnv.h>
#include <unicode/ustring.h>

#include "base/charset_labels.h"
#include "base/one_byte_charsets.h"
#include "base/text.h"
#include "base/utf8.h"

namespace loccit {
namespace {

constexpr std::size_t detection_sample = 256U << 10U;

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Converter = std::unique_ptr<UConverter, Freed<ucnv_close>>;
using Detector = std::unique_ptr<struct uchardet, Freed<uchardet_delete>>;

struct Attempt {
  DecodedText decoded;
  std::size_t replaced = 0;  // what no text holds
};

bool starts_with(Bytes bytes, std::string_view prefix) {
  return bytes.substr(0, prefix.size()) == prefix;
}

Attempt convert(Bytes bytes, const Charset& charset) {
  Attempt attempt;
  attempt.decoded.charset = charset.name;
  if (charset.name == "utf-8") {
    attempt.decoded.text = repair_utf8(bytes);
    return attempt;
  }
  UErrorCode status = U_ZERO_ERROR;
  const Converter converter(ucnv_open(charset.converter.c_str(), &status));
  if (U_FAILURE(status) != 0) return convert(bytes, {"utf-8", "UTF-8"});
  std::array<UChar, 8192> units;
  std::array<char, 3 * units.size()> out;
  const char* from = bytes.data();
  const char* const end = from + bytes.size();
  std::u16string held;  // a high surrogate that waits for its other half
  attempt.decoded.text.reserve(bytes.size() + bytes.size() / 2);
  do {
    UChar* to = units.data() + held.size();
    std::copy(held.begin(), held.end(), units.data());
    held.clear();
    status = U_ZERO_ERROR;
    ucnv_toUnicode(converter.get(), &to, units.data() + units.size(), &from, end, nullptr, true,
                   &status);
    if (U_FAILURE(status) != 0 && status != U_BUFFER_OVERFLOW_ERROR) break;
    auto count = static_cast<std::size_t>(to - units.data());
    if (status == U_BUFFER_OVERFLOW_ERROR && count > 0 && U16_IS_LEAD(units[count - 1])) {
      held.assign(1, units[--count]);
    }
    for (std::size_t i = 0; i < count; ++i) {
      if (units[i] == 0x1A) units[i] = 0xFFFD;  // ICU's substitute for one byte
      // C1 controls stand in no text: they come of reading with the wrong table.
      if (units[i] == 0xFFFD || (units[i] >= 0x80 && units[i] < 0xA0)) ++attempt.replaced;
    }
    int32_t length = 0;
    UErrorCode written = U_ZERO_ERROR;
    u_strToUTF8WithSub(out.data(), out.size(), &length, units.data(), static_cast<int32_t>(count),
                       0xFFFD, nullptr, &written);
    attempt.decoded.text.append(out.data(), static_cast<std::size_t>(length));
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  return attempt;
}

// UTF-16 and UTF-32 without a BOM betray themselves by the place of their zero bytes.
std::optional<Charset> wide_by_zeros(Bytes bytes) {
  const Bytes sample = bytes.substr(0, 4096 & ~std::size_t{3});
  if (sample.size() < 8) return std::nullopt;
  std::array<std::size_t, 4> zeros{};
  for (std::size_t i = 0; i < sample.size(); ++i) zeros[i % 4] += sample[i] == '\0' ? 1U : 0U;
  const std::size_t quarter = sample.size() / 4;
  const auto most = [&](std::size_t count) { return count >= quarter * 9 / 10; };
  const auto few = [&](std::size_t count) { return count <= quarter / 50; };
  if (most(zeros[2]) && most(zeros[3]) && few(zeros[0])) return Charset{"utf-32le", "UTF-32LE"};
  if (most(zeros[0]) && most(zeros[1]) && few(zeros[3])) return Charset{"utf-32be", "UTF-32BE"};
  const std::size_t even = zeros[0] + zeros[2];
  const std::size_t odd = zeros[1] + zeros[3];
  const std::size_t third =
      std::max<std::size_t>(sample.size() / 2 / 4, 4);  // markup and blanks, even in Chinese
  if (odd >= third && even * 50 <= odd) return Charset{"utf-16le", "UTF-16LE"};
  if (even >= third && odd * 50 <= even) return Charset{"utf-16be", "UTF-16BE"};
  return std::nullopt;
}

std::optional<Charset> by_byte_order_mark(Bytes bytes, std::size_t& mark) {
  struct Row {
    std::string_view mark;
    std::string_view name;
    std::string_view converter;
  };
  using namespace std::string_view_literals;
  static constexpr std::array marks = {
      Row{"\xEF\xBB\xBF"sv, "utf-8", "UTF-8"}, Row{"\xFF\xFE\0\0"sv, "utf-32le", "UTF-32LE"},
      Row{"\0\0\xFE\xFF"sv, "utf-32be", "UTF-32BE"}, Row{"\xFF\xFE"sv, "utf-16le", "UTF-16LE"},
      Row{"\xFE\xFF"sv, "utf-16be", "UTF-16BE"}};
  for (const Row& row : marks) {
    if (!starts_with(bytes, row.mark)) continue;
    mark = row.mark.size();
    return Charset{std::string(row.name), std::string(row.converter)};
  }
  return std::nullopt;
}

struct Utf8Census {
  std::size_t good = 0;    // well-formed sequences of two bytes and more
  std::size_t broken = 0;  // places where one should be
  std::size_t high = 0;    // bytes past 7F
  std::size_t beside = 0;  // of them, those next to another
};

Utf8Census take_census(Bytes bytes) {
  Utf8Census census;
  bool after_high = false;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t next = skip_ascii(bytes, at);
    if (next > at) after_high = false;
    if (next == bytes.size()) break;
    const std::size_t length = utf8_sequence_length(bytes, next);
    // A capture that was cut in mid-character is no sign of another charset.
    const std::size_t broken = length == 0 ? utf8_broken_length(bytes, next) : 0;
    if (length != 0) ++census.good;
    if (broken != 0 && next + broken < bytes.size()) ++census.broken;
    const std::size_t step = std::max(length, broken);
    census.high += step;
    census.beside += step > 1 || after_high ? step : 0;
    after_high = true;
    at = next + step;
  }
  return census;
}

// Only where two bytes of a letter stand together in general: in Western text letters past ASCII
// stand alone.
bool looks_western(const Utf8Census& census) { return census.beside * 2 < census.high; }

bool is_western(const Charset& charset) {
  return charset.name == "windows-1252" || charset.name == "iso-8859-15" ||
         charset.name == "macintosh";
}

bool is_multi_byte(const Charset& charset) {
  static constexpr std::array names = {"shift_jis", "euc-jp", "gb18030",     "big5",
                                       "euc-kr",    "gbk",    "iso-2022-jp", "hz-gb-2312"};
  return std::find(names.begin(), names.end(), charset.name) != names.end();
}

Charset detected(Bytes bytes, const Utf8Census& census) {
  const Detector detector(uchardet_new());
  const std::size_t first = skip_ascii(bytes, 0);
  const std::size_t begin = first > 4096 ? first - 4096 : 0;
  const Bytes sample = bytes.substr(begin, detection_sample);
  uchardet_handle_data(detector.get(), sample.data(), sample.size());
  uchardet_data_end(detector.get());
  const Charset guess = charset_for_label(uchardet_get_charset(detector.get()));
  // What takes several bytes for a letter it tells well; between the tables of one byte it errs
  // where there is little text.
  if (is_multi_byte(guess)) return guess;
  // A handful of letters is too little to tell one Latin charset from another; the commonest is
  // windows-1252.
  constexpr std::size_t handful = 6;
  if (looks_western(census) && census.high < handful) return charset_for_label("windows-1252");
  return charset_for_label(one_byte_charset(sample, guess.name));
}

bool has_japanese_escapes(Bytes bytes) {
  return bytes.find("\x1B$B") != Bytes::npos || bytes.find("\x1B$@") != Bytes::npos;
}

bool is_seven_bit(const Charset& charset) {
  return charset.name == "iso-2022-jp" || charset.name == "iso-2022-kr" ||
         charset.name == "iso-2022-cn" || charset.name == "hz-gb-2312";
}

bool is_wide(const Charset& charset) {
  return charset.name.substr(0, 6) == "utf-16" || charset.name.substr(0, 6) == "utf-32";
}

// "polo\u00BEaj", "uporabni\u00B9ko": letters read by the wrong table. Counts up to a handful.
std::size_t signs_inside_words(std::string_view utf8) {
  std::size_t count = 0;
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0xC3;
  };
  for (std::size_t at = utf8.find('\xC2'); at != std::string_view::npos && count < 5;
       at = utf8.find('\xC2', at + 2)) {
    const bool sign = at + 2 < utf8.size() && static_cast<unsigned char>(utf8[at + 1]) > 0xA0 &&
                      utf8[at + 1] != '\xAD' && utf8[at + 1] != '\xB7';
    if (sign && at > 0 && is_letter(utf8[at - 1]) && is_letter(utf8[at + 2])) ++count;
  }
  return count;
}

// Text that is neither UTF-8 nor wide: what the labels say, as far as the bytes bear it out.
Attempt decode_legacy(Bytes bytes, const Charset& declared, const Charset& inside,
                      const Utf8Census& census) {
  const auto bears_out = [&](const Attempt& attempt) {
    return attempt.replaced * 50 <= census.high;
  };
  // A server's "iso-8859-1" against a page's own "iso-8859-2": the letters tell.
  if (is_western(declared) && !inside.name.empty() && !is_western(inside) && !is_wide(inside) &&
      inside.name != "utf-8") {
    Attempt own = convert(bytes, inside);
    if (bears_out(own) && (detected(bytes, census).name == inside.name ||
                           signs_inside_words(own.decoded.text) <
                               signs_inside_words(convert(bytes, declared).decoded.text)))
      return own;
  }
  Attempt best;
  for (const Charset* claim : {&declared, &inside}) {
    if (claim->name.empty() || claim->name == "utf-8" || is_wide(*claim)) continue;
    // "iso-8859-1" is what servers say that were never told: no text in it has letters past ASCII
    // side by side.
    if (is_western(*claim) && !looks_western(census)) continue;
    Attempt attempt = convert(bytes, *claim);
    if (bears_out(attempt)) return attempt;
    if (best.decoded.charset.empty() || attempt.replaced < best.replaced) best = std::move(attempt);
  }
  Attempt guess = convert(bytes, detected(bytes, census));
  if (best.decoded.charset.empty() || guess.replaced < best.replaced) best = std::move(guess);
  return best;
}

DecodedText decode(Bytes bytes, std::string_view declared_label, std::string_view inside_label) {
  std::size_t mark = 0;
  if (const auto charset = by_byte_order_mark(bytes, mark))
    return convert(bytes.substr(mark), *charset).decoded;
  const Charset declared = charset_for_label(declared_label);
  const Charset inside = charset_for_label(inside_label);
  const bool has_zeros = bytes.find('\0') != Bytes::npos;
  if (const auto wide = has_zeros ? wide_by_zeros(bytes) : std::nullopt)
    return convert(bytes, *wide).decoded;

  const Utf8Census census = take_census(bytes);
  if (census.high == 0) {
    for (const Charset* claim : {&declared, &inside}) {
      if (is_seven_bit(*claim)) return convert(bytes, *claim).decoded;
    }
    if (has_japanese_escapes(bytes))
      return convert(bytes, charset_for_label("iso-2022-jp")).decoded;
    return {std::string(bytes), "utf-8"};
  }
  if (census.good > 0 && census.broken == 0) return {repair_utf8(bytes), "utf-8"};
  // A few broken bytes in a UTF-8 page (a cut string, a pasted comment) do not make it another
  // charset's.
  const bool says_utf8 = declared.name == "utf-8" || inside.name == "utf-8";
  if (census.good >= census.broken * (says_utf8 ? 2 : 20)) return {repair_utf8(bytes), "utf-8"};
  if (is_wide(declared)) return convert(bytes, declared).decoded;
  return decode_legacy(bytes, declared, inside, census).decoded;
}

void treat_nul_bytes(std::string& text, NulBytes nul_bytes) {
  if (text.find('\0') == std::string::npos) return;
  std::string without;
  without.reserve(text.size());
  for (const char c : text) {
    if (c != '\0') {
      without.push_back(c);
    } else if (nul_bytes == NulBytes::replace) {
      without += replacement_character;
    }
  }
  text = std::move(without);
}

}  // namespace

DecodedText decode_text(Bytes bytes, std::string_view declared_charset,
                        std::string_view declared_inside, NulBytes nul_bytes) {
  DecodedText decoded = decode(bytes, declared_charset, declared_inside);
  treat_nul_bytes(decoded.text, nul_bytes);
  return decoded;
}

}  // namespace loccit
