// A quote that does not stand word for word: altered, partly there, or absent; and what exactly
// differs.
#pragma once

#include "verifier/changes.h"
#include "verifier/quote_match.h"
#include "verifier/quote_parts.h"
#include "verifier/source_words.h"

namespace loccit {

// `stretches` are token spans of `quote`, one for each stretch between omission marks.
QuoteFinding match_nearly(std::string_view quote_text, const FoldedText& quote,
                          const std::vector<TokenSpan>& stretches, std::string_view source_text,
                          const SourceWords& source, const Lexicon& lexicon,
                          const MatchPolicy& policy);

}  // namespace loccit
