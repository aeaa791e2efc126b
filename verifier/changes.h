// What differs between a quote and the place it was laid beside, and whether it matters.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "verifier/alignment.h"
#include "verifier/lexicon.h"
#include "verifier/verdict.h"

namespace loccit {

// Both texts as printed and as folded.
struct ComparedTexts {
  std::string_view quote_text;
  const FoldedText& quote;
  std::string_view source_text;
  AlignmentSource source;
  const Lexicon& lexicon;
};

// A run of unmatched tokens on both sides. Either span may be empty; skippable source tokens alone
// make none.
struct Difference {
  TokenSpan quoted;
  TokenSpan found;
};

// Whether a blank makes or unmakes a denial, the letters being the same: "not able" and "notable".
bool joins_deny(const FoldedText& a, TokenSpan in_a, const FoldedText& b, TokenSpan in_b,
                const Lexicon& lexicon);

// Words that are the same but for where a blank or hyphen stands are no difference, unless a blank
// denies or parts numbers.
std::vector<Difference> differences(const Alignment& alignment, const ComparedTexts& texts);

// Offsets in code points; where one side is empty both take in a neighbouring word, so that a
// reader sees the place.
Change describe(const Difference& difference, const Alignment& alignment,
                const ComparedTexts& texts);

// Whether a number, a name, a negation, a quantifier, a modal verb or a date stands on one side
// only.
bool changes_meaning(const Difference& difference, const ComparedTexts& texts);

}  // namespace loccit
