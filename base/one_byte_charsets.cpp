#include "base/one_byte_charsets.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <vector>

#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/ulocdata.h>
#include <unicode/uniset.h>
#include <unicode/uscript.h>

namespace loccit {
namespace {

constexpr std::size_t most_letters = 8192;

// Languages whose pages were written in these charsets, the commonest first.
struct Custom {
  std::string_view charset;
  std::string_view languages;
};
constexpr std::array customs = {
    Custom{"windows-1252", "fr de es it pt nl sv da nb fi ca gl eu is sq"},
    Custom{"windows-1250", "pl cs sk hu sl hr bs ro sq"},
    Custom{"iso-8859-2", "pl cs sk hu sl hr bs ro"},
    Custom{"windows-1251", "ru uk bg sr mk be"},
    Custom{"koi8-r", "ru"},
    Custom{"koi8-u", "uk"},
    Custom{"iso-8859-5", "ru uk bg sr mk be"},
    Custom{"ibm866", "ru"},
    Custom{"windows-1253", "el"},
    Custom{"iso-8859-7", "el"},
    Custom{"windows-1254", "tr"},
    Custom{"windows-1255", "he"},
    Custom{"windows-1256", "ar fa ur"},
    Custom{"iso-8859-6", "ar"},
    Custom{"windows-1257", "lt lv et"},
    Custom{"iso-8859-13", "lt lv et"},
    Custom{"windows-1258", "vi"},
    Custom{"windows-874", "th"},
};

struct Alphabet {
  std::string language;
  icu::UnicodeSet letters;
};

Alphabet alphabet_of(const std::string& language) {
  Alphabet alphabet{language, {}};
  UErrorCode status = U_ZERO_ERROR;
  struct Close {
    void operator()(ULocaleData* data) const { ulocdata_close(data); }
  };
  const std::unique_ptr<ULocaleData, Close> data(ulocdata_open(language.c_str(), &status));
  if (U_FAILURE(status)) return alphabet;
  ulocdata_getExemplarSet(data.get(), alphabet.letters.toUSet(), USET_ADD_CASE_MAPPINGS,
                          ULOCDATA_ES_STANDARD, &status);
  alphabet.letters.freeze();
  return alphabet;
}

// How often each byte past ASCII stands, and how often beside a letter of ASCII: there a word is
// written in Latin letters.
struct Census {
  std::array<std::size_t, 256> counts{}, beside_latin{};
  std::size_t total = 0;
};

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

Census census_of(Bytes bytes) {
  Census census;
  for (std::size_t i = 0; i < bytes.size() && census.total < most_letters; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    if (byte < 0x80) continue;
    ++census.counts[byte];
    ++census.total;
    if ((i > 0 && is_ascii_letter(bytes[i - 1])) ||
        (i + 1 < bytes.size() && is_ascii_letter(bytes[i + 1])))
      ++census.beside_latin[byte];
  }
  return census;
}

std::vector<Alphabet> alphabets_of(std::string_view languages) {
  std::vector<Alphabet> alphabets;
  while (!languages.empty()) {
    const std::size_t end = std::min(languages.find(' '), languages.size());
    alphabets.push_back(alphabet_of(std::string(languages.substr(0, end))));
    languages.remove_prefix(std::min(end + 1, languages.size()));
  }
  return alphabets;
}

using Table = std::array<UChar32, 256>;

bool read_table(std::string_view charset, Table& table) {
  UErrorCode status = U_ZERO_ERROR;
  struct Close {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
  };
  const std::string name = charset == "ibm866" ? "ibm-866" : std::string(charset);
  const std::unique_ptr<UConverter, Close> converter(ucnv_open(name.c_str(), &status));
  if (U_FAILURE(status)) return false;
  for (int byte = 0x80; byte < 0x100; ++byte) {
    const char source = static_cast<char>(byte);
    const char* at = &source;
    status = U_ZERO_ERROR;
    const UChar32 c = ucnv_getNextUChar(converter.get(), &at, at + 1, &status);
    table[static_cast<std::size_t>(byte)] = U_FAILURE(status) ? 0xFFFD : c;
  }
  return true;
}

struct Candidate {
  std::string_view charset;
  Table table{};
  std::vector<Alphabet> alphabets;
};

// Made once: CLDR's data are slow to open.
const std::vector<Candidate>& candidates() {
  static const std::vector<Candidate> made = [] {
    std::vector<Candidate> all;
    for (const Custom& custom : customs) {
      Candidate candidate{custom.charset, {}, alphabets_of(custom.languages)};
      if (read_table(custom.charset, candidate.table)) all.push_back(std::move(candidate));
    }
    return all;
  }();
  return made;
}

bool is_punctuation_of_prose(UChar32 c) {
  switch (u_charType(c)) {
    case U_DASH_PUNCTUATION:
    case U_START_PUNCTUATION:
    case U_END_PUNCTUATION:
    case U_INITIAL_PUNCTUATION:
    case U_FINAL_PUNCTUATION:
    case U_SPACE_SEPARATOR:
    case U_FORMAT_CHAR:
    case U_CURRENCY_SYMBOL:
      return true;
    default:
      return c == 0x2026 || c == 0x2022 || c == 0xA9 || c == 0xAE || c == 0x2122 || c == 0xB0 ||
             c == 0xA7 || c == 0xB7 || c == 0x60C || c == 0x61B || c == 0x61F;
  }
}

bool is_latin(UChar32 c) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(c, &status) == USCRIPT_LATIN;
}

// From -2 to 1: how well the letters are those of the alphabet.
double fit(const Census& census, const Table& table, const Alphabet& alphabet) {
  double sum = 0, weight = 0;
  for (std::size_t byte = 0x80; byte < 0x100; ++byte) {
    const auto count = static_cast<double>(census.counts[byte]);
    if (count == 0) continue;
    const UChar32 c = table[byte];
    weight += count;
    if (is_punctuation_of_prose(c)) {
      sum += 0.6 * count;
    } else if (!alphabet.letters.contains(c)) {
      sum -= 2 * count;
    } else {
      const double foreign = is_latin(c) ? 0 : static_cast<double>(census.beside_latin[byte]);
      sum += (u_isupper(c) ? 0.25 : 1.0) * (count - foreign) - 2 * foreign;
    }
  }
  return weight == 0 ? -2 : sum / weight;
}

}  // namespace

std::string one_byte_charset(Bytes bytes, const std::string& guess) {
  constexpr double clearly = 0.1;  // better than the guess
  const Census census = census_of(bytes);
  std::string best = guess;
  double most = -3;
  for (const Candidate& candidate : candidates()) {
    double here = -3;
    for (const Alphabet& alphabet : candidate.alphabets)
      here = std::max(here, fit(census, candidate.table, alphabet));
    if (candidate.charset == guess) here += clearly;
    if (here <= most) continue;
    most = here;
    best = candidate.charset;
  }
  return best;
}

}  // namespace loccit
