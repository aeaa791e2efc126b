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

// Ours for CLD2's language, "" for its own "xxx" codes for scripts, which are no languages.
std::string iso_code(CLD2::Language language) {
  std::string code = CLD2::LanguageCode(language);
  code.resize(std::min(code.find('-'), code.size()));
  if (language == CLD2::UNKNOWN_LANGUAGE || code == "un" || code.size() > 3) return {};
  for (const Renamed& row : renamed) {
    if (code == row.from) code = row.to;
  }
  return code;
}

}  // namespace

std::vector<std::string> detect_languages(std::string_view utf8) {
  constexpr int least_percent = 8;  // less is a menu, or names
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
  std::vector<std::string> codes;
  if (!is_reliable || iso_code(languages[0]).empty()) return codes;
  for (std::size_t i = 0; i < languages.size(); ++i) {
    std::string code = iso_code(languages[i]);
    if (!code.empty() && percents[i] >= least_percent) codes.push_back(std::move(code));
  }
  return codes;
}

std::string detect_language(std::string_view utf8) {
  const std::vector<std::string> codes = detect_languages(utf8);
  return codes.empty() ? std::string() : codes.front();
}

}  // namespace loccit
