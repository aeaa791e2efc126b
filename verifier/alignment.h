// A stretch of a quote laid beside the source where it fits best, word by word.
#pragma once

#include <cstddef>
#include <vector>

#include "verifier/folding.h"
#include "verifier/search.h"

namespace loccit {

constexpr std::size_t unmatched = static_cast<std::size_t>(-1);

struct Alignment {
  TokenSpan quote;   // what was aligned
  TokenSpan source;  // from the first matched token to the last; empty where none matched
  std::vector<std::size_t>
      partner;  // for each quote token of `quote`: its source token, or unmatched
  std::size_t matched = 0;
};

// The source with the tokens that a match may step over at no cost (furniture), one flag a token;
// may be empty: none.
struct AlignmentSource {
  const FoldedText& text;
  const std::vector<bool>& skippable;
};

// The places where most of the words stand close together, best first: seeds for align(). Linear in
// the source.
std::vector<TokenSpan> likely_places(const FoldedText& quote, TokenSpan stretch,
                                     const FoldedText& source, std::size_t most);

// The alignment of most matched words with the fewest gaps inside `window` (Gotoh 1982). Time and
// memory are the product of both lengths; a stretch and window too large for `max_cells` come back
// unmatched.
Alignment align(const FoldedText& quote, TokenSpan stretch, const AlignmentSource& source,
                TokenSpan window, std::size_t max_cells = 48U << 20U);

// The best of the likely places.
Alignment align_best(const FoldedText& quote, TokenSpan stretch, const AlignmentSource& source);

}  // namespace loccit
