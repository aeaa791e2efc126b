// A quote taken apart as an editor put it together: stretches between omission marks, editorial
// brackets, sentences.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "documents/text_content.h"
#include "verifier/folding.h"

namespace loccit {

struct QuoteParts {
  std::vector<TextRange> stretches;  // between omission marks, in order, none empty of letters
  bool leading_mark = false;         // an omission mark before the first stretch
  bool trailing_mark = false;
  std::vector<TextRange> note_marks;  // find_note_marks()
  std::vector<TextRange> sic_marks;   // "[sic]", "[!]": the editor speaks
  std::vector<TextRange> insertions;  // "[the]": any other words in brackets
};
QuoteParts take_apart(std::string_view quote);

// The length of the omission mark that begins a text, 0 where none does.
std::size_t omission_mark_length(std::string_view text);

// Bracketed numerals ("[12]", "[۱۲]") and superscript ones after a word or its punctuation ("late.¹
// It was"; "5 m²" is none), in order.
std::vector<TextRange> find_note_marks(std::string_view text);

// The decimal and superscript digits of a text, of whatever script, as ASCII.
std::string digits_of(std::string_view text);

// A letter of Thai, Lao, Burmese or Khmer: no blanks between words, and letters that are sounds.
bool is_southeast_asian(std::string_view letter);

// How much a token says: a letter of a script without blanks half as much as a word.
std::size_t weight_of(const Token& token);

// First tokens of the sentences of tokens [first, last): never empty where there are tokens; short
// ones are joined to a neighbour.
std::vector<std::size_t> sentence_starts(const FoldedText& text, std::size_t first,
                                         std::size_t last);

}  // namespace loccit
