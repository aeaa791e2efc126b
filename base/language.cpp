#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>  // compact_lang_det.h forgets it
#include <vector>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include "base/text.h"

namespace loccit {
namespace {

// Enough to be sure, and a bound on the time.
constexpr std::size_t max_sample = 256U << 10U;

// CLD2's codes that ISO 639-1 has since renamed.
struct Renamed {
  std::string_view from;
  std::string_view to;
};
constexpr std::array renamed = {Renamed{"iw", "he"}, Renamed{"jw", "jv"}, Renamed{"in", "id"},
                                Renamed{"ji", "yi"}, Renamed{"mo", "ro"}, Renamed{"nb", "no"}};

}  // namespace

std::string detect_language(std::string_view utf8) {
  std::string sample(utf8.substr(0, byte_offset(utf8.substr(0, max_sample), max_sample)));
  if (!is_valid_utf8(sample)) sample = repair_utf8(sample);
  const CLD2::CLDHints hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  std::array<CLD2::Language, 3> languages{};
  std::array<int, 3> percents{};
  std::array<double, 3> scores{};
  int text_bytes = 0;
  bool is_reliable = false;
  CLD2::ExtDetectLanguageSummary(sample.data(), static_cast<int>(sample.size()),
                                 /*is_plain_text=*/true, &hints,
                                 /*flags=*/0, languages.data(), percents.data(), scores.data(),
                                 nullptr, &text_bytes, &is_reliable);
  if (!is_reliable || languages[0] == CLD2::UNKNOWN_LANGUAGE) return {};
  std::string code = CLD2::LanguageCode(languages[0]);
  code.resize(std::min(code.find('-'), code.size()));
  if (code == "un" || code.size() > 3)
    return {};  // CLD2's own "xxx" codes for scripts are no languages
  for (const Renamed& row : renamed) {
    if (code == row.from) code = row.to;
  }
  return code;
}

}  // namespace loccit
