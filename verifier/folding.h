// What may differ without meaning is folded away; every token keeps its place in the original.
//
// Folded text is a string of letters without blanks or punctuation ("co-operation", "co operation"
// and "coöperation" are all "cooperation"), cut into tokens that remember which ends are word
// boundaries. What numbers say is kept: digits, signs, the punctuation inside them, percent, degree
// and currency. Linear in the text.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "documents/text_content.h"

namespace loccit {

enum class TokenKind : std::uint8_t { word, unspaced, number, symbol };

// What stands between a token and the one before it: whether a quote may begin here and end before
// it.
enum class Glue : std::uint8_t {
  none,        // a word boundary
  hyphen,      // "non-proliferation" is one word for a reader
  apostrophe,  // "can't" is one word; an elided article ("l'eau") is not part of the next
  tight,       // "5kg", "12.5%", "and/or"
};

struct Token {
  std::uint32_t begin = 0, end = 0;                // in FoldedText::letters
  std::uint32_t source_begin = 0, source_end = 0;  // bytes of the original
  std::uint32_t hash = 0;                          // of its letters
  TokenKind kind = TokenKind::word;
  Glue glue = Glue::none;
  bool capital = false;         // begins with a capital
  bool after_blank = false;     // a blank or line break stands before it
  bool after_stop = false;      // a full stop or its like stands before it, blank or not
  bool sentence_start = false;  // sentence punctuation or a line break stands before it
};

struct FoldedText {
  std::string letters;
  std::vector<Token>
      tokens;  // in order; where two numbers meet, a byte that is of neither stands between them
  std::string_view word(const Token& token) const {
    return std::string_view(letters).substr(token.begin, token.end - token.begin);
  }
};

// `excluded`, in order and not overlapping, are read as if they were not there. Texts past 4 GiB
// are cut.
FoldedText fold(std::string_view text, std::span<const TextRange> excluded = {});

// The same made from what was folded whole, at a tenth of the cost; nullopt where a range holds
// only part of a word, which then has to be folded anew.
std::optional<FoldedText> leave_out(const FoldedText& text, std::span<const TextRange> excluded);

// Whether a quote may begin with this token, or end with it.
bool may_begin(const FoldedText& text, std::size_t token);
bool may_end(const FoldedText& text, std::size_t token);

}  // namespace loccit
