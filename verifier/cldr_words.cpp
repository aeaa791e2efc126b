#include "verifier/cldr_words.h"

#include <algorithm>
#include <memory>
#include <set>

#include <unicode/dtfmtsym.h>
#include <unicode/locid.h>
#include <unicode/rbnf.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "verifier/folding.h"

namespace loccit {
namespace {

std::string utf8(const icu::UnicodeString& text) {
  std::string bytes;
  text.toUTF8String(bytes);
  return bytes;
}

// One word between blanks; a script without blanks gives one as well.
bool is_one_word(const std::string& words) {
  const FoldedText folded = fold(words);
  if (folded.tokens.empty()) return false;
  const TokenKind kind = folded.tokens.front().kind;
  if (kind == TokenKind::word) return folded.tokens.size() == 1;
  return kind == TokenKind::unspaced &&
         std::all_of(folded.tokens.begin(), folded.tokens.end(), [](const Token& token) {
           return token.kind == TokenKind::unspaced && !token.after_blank;
         });
}

}  // namespace

std::vector<std::string> cldr_dates(const std::string& language) {
  std::vector<std::string> words;
  UErrorCode status = U_ZERO_ERROR;
  const icu::DateFormatSymbols symbols(icu::Locale(language.c_str()), status);
  if (U_FAILURE(status)) return words;
  const auto add = [&](const icu::UnicodeString* names, int32_t count) {
    for (int32_t i = 0; i < count; ++i) {
      std::string word = utf8(names[i]);
      if (is_one_word(word)) words.push_back(std::move(word));
    }
  };
  int32_t count = 0;
  using Symbols = icu::DateFormatSymbols;
  for (const auto context : {Symbols::FORMAT, Symbols::STANDALONE}) {
    const icu::UnicodeString* names = symbols.getMonths(count, context, Symbols::WIDE);
    add(names, count);
    names = symbols.getWeekdays(count, context, Symbols::WIDE);
    add(names, count);
  }
  return words;
}

std::vector<std::string> cldr_numbers(const std::string& language) {
  UErrorCode status = U_ZERO_ERROR;
  icu::RuleBasedNumberFormat format(icu::URBNF_SPELLOUT, icu::Locale(language.c_str()), status);
  if (U_FAILURE(status)) return {};
  std::set<std::string> words, ones;
  for (int32_t rule = 0; rule < format.getNumberOfRuleSetNames(); ++rule) {
    const icu::UnicodeString name = format.getRuleSetName(rule);
    const bool ordinal = name.indexOf("ordinal") >= 0;
    if (!ordinal && name.indexOf("cardinal") < 0) continue;
    const auto spell = [&](int64_t number, std::set<std::string>& into) {
      icu::UnicodeString words_of_it;
      icu::FieldPosition position;
      UErrorCode failed = U_ZERO_ERROR;
      format.format(number, name, words_of_it, position, failed);
      std::string word = utf8(words_of_it);
      if (U_SUCCESS(failed) && is_one_word(word)) into.insert(std::move(word));
    };
    if (!ordinal) spell(1, ones);
    if (ordinal) spell(1, words);
    for (int64_t number = 2; number <= 100; ++number) spell(number, words);
    for (const int64_t number : {0, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 10000, 1000000})
      spell(number, words);
  }
  std::vector<std::string> rest;
  std::set_difference(words.begin(), words.end(), ones.begin(), ones.end(),
                      std::back_inserter(rest));
  return rest;
}

std::vector<std::string> cldr_countries(const std::string& language) {
  std::vector<std::string> words;
  const icu::Locale in(language.c_str());
  for (const char* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) {
    icu::UnicodeString name;
    icu::Locale("", *code).getDisplayCountry(in, name);
    std::string word = utf8(name);
    if (is_one_word(word)) words.push_back(std::move(word));
  }
  return words;
}

bool has_capitals(const std::string& language) {
  UScriptCode scripts[4];
  UErrorCode status = U_ZERO_ERROR;
  const int32_t count = uscript_getCode(language.c_str(), scripts, 4, &status);
  if (U_FAILURE(status) || count < 1) return true;
  return uscript_isCased(scripts[0]);
}

}  // namespace loccit
