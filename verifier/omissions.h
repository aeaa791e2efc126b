// What an omission mark leaves out may turn the sense of a quote round.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "verifier/lexicon.h"
#include "verifier/quote_parts.h"

namespace loccit {

// For a reason: names the first negation or exception that the marks of a quote swallow at the
// source (between two stretches, in what is left of the sentence after the last), or that stands
// just before a leading mark; where there is no mark, a negation right before the quote or right
// after it. Empty where there is none. `places` are those of the stretches.
std::string remark_on_omissions(const QuoteParts& parts, const std::vector<TokenSpan>& places,
                                const FoldedText& source, std::string_view source_text,
                                const Lexicon& lexicon);

}  // namespace loccit
