#include "verifier/languages.h"

#include <algorithm>
#include <array>
#include <unordered_set>

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

}  // namespace

std::string language_of_quote(std::string_view quote) { return detect_language(quote); }

bool in_another_language(std::string_view quote, std::span<const std::string> page_languages,
                         const SourceWords& page) {
  const std::string language = language_of_quote(quote);
  if (language.empty() || page_languages.empty()) return false;
  if (std::find(page_languages.begin(), page_languages.end(), language) != page_languages.end())
    return false;
  // Akin languages share words, so that only a vocabulary almost wholly foreign tells them apart.
  const double known = share_known(fold(quote), page.plain());
  return known < (akin(language, page_languages.front()) ? 0.25 : 0.4);
}

}  // namespace loccit
