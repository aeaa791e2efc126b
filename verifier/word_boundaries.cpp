// Where a quote may begin and end: at a whole word, and at a whole number.
#include <string_view>

#include "verifier/folding.h"

namespace loccit {
namespace {

// "l'eau", "dell'acqua", "qu'elle": articles and prepositions of French, Italian and Catalan. "n'"
// denies, so it is not one.
bool is_elided(std::string_view word) {
  if (word.size() == 1) return std::string_view("ldjmtsc").find(word[0]) != std::string_view::npos;
  for (const std::string_view elided : {"qu", "un", "all", "dell", "nell", "sull", "dall", "coll",
                                        "jusqu", "lorsqu", "puisqu", "quell", "quest"}) {
    if (word == elided) return true;
  }
  return false;
}

bool is_han_numeral(std::string_view letter) {
  for (const std::string_view numeral :
       {"\u3007", "\u96F6", "\u4E00", "\u4E8C", "\u4E09", "\u56DB", "\u4E94", "\u516D",
        "\u4E03", "\u516B", "\u4E5D", "\u5341", "\u767E", "\u5343", "\u4E07", "\u842C",
        "\u4EBF", "\u5104", "\u5146", "\u5EFF", "\u4E24", "\u5169"}) {
    if (letter == numeral) return true;
  }
  return false;
}

// A number written in characters: January is not the end of November, 十一月.
bool parts_han_number(const FoldedText& text, std::size_t token) {
  if (token == 0 || token >= text.tokens.size()) return false;
  const Token& before = text.tokens[token - 1];
  const Token& after = text.tokens[token];
  return after.kind == TokenKind::unspaced && before.source_end == after.source_begin &&
         is_han_numeral(text.word(before)) && is_han_numeral(text.word(after));
}

}  // namespace

bool may_begin(const FoldedText& text, std::size_t token) {
  const Token& first = text.tokens[token];
  if (first.glue == Glue::apostrophe)
    return token > 0 && first.end - first.begin > 2 && is_elided(text.word(text.tokens[token - 1]));
  return first.glue == Glue::none && !parts_han_number(text, token);
}

bool may_end(const FoldedText& text, std::size_t token) {
  return token + 1 >= text.tokens.size() ||
         (text.tokens[token + 1].glue == Glue::none && !parts_han_number(text, token + 1));
}

}  // namespace loccit
