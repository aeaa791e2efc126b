// The words of a quote looked for in a text: the heart of loccit, usable without any snapshot.
#pragma once

#include <string_view>

#include "documents/text_content.h"
#include "verifier/verdict.h"

namespace loccit {

class SourceWords;

struct MatchPolicy {
  double altered_from = 0.6;
  std::size_t max_gap_words = 2000;
};

// state is verbatim, altered, partial or absent; translation and links are judge()'s business.
// Linear in the text for verbatim quotes; bounded work for the rest.
QuoteFinding match_quote(std::string_view quote, const TextContent& source,
                         const MatchPolicy& policy = {});
// The same for a text made ready before (source_words.h): what costs most is then done once for all
// its quotes.
QuoteFinding match_quote(std::string_view quote, const TextContent& source,
                         const SourceWords& words, const MatchPolicy& policy = {});

}  // namespace loccit
