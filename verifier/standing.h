// Whether one sentence of a quote stands at the source, and how.
#pragma once

#include <vector>

#include "verifier/alignment.h"
#include "verifier/changes.h"

namespace loccit {

enum class StandingKind {
  stands,     // where its neighbours do
  altered,    // enough of it is there
  displaced,  // word for word, but elsewhere
  shuffled,   // its words, in another order (told by find_shuffled)
  half,       // a long run of it, and the rest not at all
  absent,
};

struct Standing {
  TokenSpan quoted;
  StandingKind kind = StandingKind::absent;
  bool in_whole = false;    // told by the alignment of its whole stretch
  Alignment alignment;      // its own, where not in_whole
  std::size_t matched = 0;  // words of it that stand
};

// How much of `quoted` an alignment explains, 0 to 1. Words in runs count whole, one by itself
// half: any page holds the common words of a language somewhere near one another. Another form of
// the word in its place counts too.
double agreement(const FoldedText& quote, const FoldedText& source, const Alignment& alignment,
                 TokenSpan quoted);

// `found` are the differences of `whole`. `altered_from` is the agreement from which a near match
// is the same statement.
Standing standing_of(TokenSpan sentence, const Alignment& whole,
                     const std::vector<Difference>& found, const ComparedTexts& texts,
                     double altered_from);

// Sentences that are absent or half there are `shuffled` where the window of the source that holds
// most words of the whole stretch has nearly all of theirs to spare.
void find_shuffled(std::vector<Standing>& standings, TokenSpan stretch, const FoldedText& quote,
                   const FoldedText& source);

}  // namespace loccit
