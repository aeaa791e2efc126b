#include "verifier/languages.h"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_set>

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include "base/text.h"

namespace loccit {
namespace {

// Languages that a sentence or two does not tell apart.
constexpr std::array<std::string_view, 9> families = {
    "da no nb nn sv", "hr sr bs sh cnr me", "id ms",    "cs sk", "pt gl es ca",
    "zh zh-hant yue", "ru uk be bg mk",     "hi mr ne", "tr az",
};

bool akin(std::string_view a, std::string_view b) {
  const auto holds = [](std::string_view family, std::string_view language) {
    for (std::size_t at = family.find(language); at != std::string_view::npos;
         at = family.find(language, at + 1)) {
      const bool left = at == 0 || family[at - 1] == ' ';
      const std::size_t end = at + language.size();
      if (left && (end == family.size() || family[end] == ' ')) return true;
    }
    return false;
  };
  return std::any_of(families.begin(), families.end(),
                     [&](std::string_view f) { return holds(f, a) && holds(f, b); });
}

double share_known(const FoldedText& quote, const FoldedText& page) {
  std::unordered_set<std::uint32_t> vocabulary;
  for (const Token& token : page.tokens) vocabulary.insert(token.hash);
  std::size_t words = 0, known = 0;
  for (const Token& token : quote.tokens) {
    if (token.kind == TokenKind::number || token.kind == TokenKind::symbol) continue;
    ++words;
    if (vocabulary.contains(token.hash)) ++known;
  }
  return words == 0 ? 1.0 : static_cast<double>(known) / static_cast<double>(words);
}

// Letters by script; Han and both Kana count as one, as Japanese mixes them.
std::map<UScriptCode, std::size_t> scripts_of(std::string_view text) {
  std::map<UScriptCode, std::size_t> counts;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    if (c < 0 || !u_isalpha(c)) continue;
    UErrorCode status = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript(c, &status);
    if (script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA) script = USCRIPT_HAN;
    if (script != USCRIPT_COMMON && script != USCRIPT_INHERITED) ++counts[script];
  }
  return counts;
}

// The quote is written in letters that stand nowhere on the page, but for a name or two. Latin ones
// stand among all others: names, addresses.
bool in_other_letters(std::string_view quote, std::string_view page_text) {
  constexpr std::size_t enough = 64U << 10U;
  constexpr std::size_t few = 200;  // letters of a page that may be an empty frame
  auto of_quote = scripts_of(quote);
  const auto of_page = scripts_of(page_text.substr(0, enough));
  const auto total = [](const auto& counts) {
    std::size_t sum = 0;
    for (const auto& [script, count] : counts) sum += count;
    return sum;
  };
  const std::size_t quote_total = total(of_quote);
  if (of_quote.size() > 1) of_quote.erase(USCRIPT_LATIN);
  const auto most = std::max_element(of_quote.begin(), of_quote.end(),
                                     [](auto& a, auto& b) { return a.second < b.second; });
  if (most == of_quote.end() || most->second * 4 < quote_total) return false;
  const std::size_t page_total = total(of_page);
  const auto there = of_page.find(most->first);
  return page_total >= few && (there == of_page.end() || there->second * 100 < page_total);
}

}  // namespace

std::string language_of_quote(std::string_view quote) { return detect_language(quote); }

bool in_another_language(std::string_view quote, std::string_view page_text,
                         std::span<const std::string> page_languages, const SourceWords& page) {
  if (in_other_letters(quote, page_text)) return true;
  const std::string language = language_of_quote(quote);
  if (language.empty() || page_languages.empty()) return false;
  if (std::find(page_languages.begin(), page_languages.end(), language) != page_languages.end())
    return false;
  // Akin languages share words, so that only a vocabulary almost wholly foreign tells them apart.
  const double known = share_known(fold(quote), page.plain());
  return known < (akin(language, page_languages.front()) ? 0.25 : 0.4);
}

}  // namespace loccit
