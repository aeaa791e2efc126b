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

// Languages that a sentence or two does not tell apart, and such as share many words, which take a
// sentence to be told apart.
constexpr std::array<std::string_view, 4> same_to_a_detector = {"hr sr bs sh cnr me", "id ms",
                                                                "no nb nn", "zh zh-hant yue"};
constexpr std::array<std::string_view, 6> kin = {
    "da no nb nn sv", "cs sk", "pt gl es ca", "ru uk be bg mk", "hi mr ne", "tr az",
};

bool akin(std::string_view a, std::string_view b, std::span<const std::string_view> families) {
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

struct Acquaintance {
  std::size_t words = 0, known = 0;
  double share() const {
    return words == 0 ? 1.0 : static_cast<double>(known) / static_cast<double>(words);
  }
};
Acquaintance words_known(const FoldedText& quote, const FoldedText& page) {
  std::unordered_set<std::uint32_t> vocabulary;
  for (const Token& token : page.tokens) vocabulary.insert(token.hash);
  Acquaintance result;
  for (const Token& token : quote.tokens) {
    if (token.kind == TokenKind::number || token.kind == TokenKind::symbol) continue;
    ++result.words;
    if (vocabulary.contains(token.hash)) ++result.known;
  }
  return result;
}

// Letters by script; Hiragana is both Kana.
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
    if (script == USCRIPT_KATAKANA) script = USCRIPT_HIRAGANA;
    if (script != USCRIPT_COMMON && script != USCRIPT_INHERITED) ++counts[script];
  }
  return counts;
}

// A sentence of Chinese before a Japanese page, or the other way round.
bool only_one_has_kana(std::map<UScriptCode, std::size_t> of_quote,
                       std::map<UScriptCode, std::size_t> of_page) {
  constexpr std::size_t a_sentence = 10;
  const auto is_japanese = [](auto& counts) {
    return counts[USCRIPT_HIRAGANA] * 5 > counts[USCRIPT_HAN] + counts[USCRIPT_HIRAGANA];
  };
  const auto is_chinese = [](auto& counts) {
    return counts[USCRIPT_HAN] >= a_sentence &&
           counts[USCRIPT_HIRAGANA] * 100 < counts[USCRIPT_HAN];
  };
  return (is_chinese(of_quote) && is_japanese(of_page)) ||
         (is_japanese(of_quote) && is_chinese(of_page));
}

// The quote is written in letters that stand nowhere on the page, but for a name or two. Latin ones
// stand among all others: names, addresses.
bool in_other_letters(std::string_view quote, std::string_view page_text) {
  constexpr std::size_t enough = 64U << 10U;
  constexpr std::size_t few = 200;  // letters of a page that may be an empty frame
  auto of_quote = scripts_of(quote);
  auto of_page = scripts_of(page_text.substr(0, enough));
  if (only_one_has_kana(of_quote, of_page)) return true;
  // Japanese mixes them.
  for (auto* counts : {&of_quote, &of_page}) {
    if (const auto kana = counts->extract(USCRIPT_HIRAGANA))
      (*counts)[USCRIPT_HAN] += kana.mapped();
  }
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
  // Akin languages share words: where a detector cannot tell them apart, or has too few words to go
  // by, only a vocabulary almost wholly foreign does.
  constexpr std::size_t a_sentence = 8;
  const Acquaintance known = words_known(fold(quote), page.plain());
  const std::string& of_page = page_languages.front();
  const bool hard_to_tell = akin(language, of_page, same_to_a_detector) ||
                            (known.words < a_sentence && akin(language, of_page, kin));
  return known.share() < (hard_to_tell ? 0.25 : 0.45);
}

}  // namespace loccit
