#include "verifier/drift.h"

#include <algorithm>
#include <unordered_set>

#include "verifier/quote_match.h"
#include "verifier/source_words.h"

namespace loccit {
namespace {

constexpr std::size_t run_length = 5;

template <class Visit>
void for_each_run(const FoldedText& text, Visit visit) {
  for (std::size_t i = 0; i + run_length <= text.tokens.size(); ++i) {
    std::uint64_t hash = 0;
    for (std::size_t k = 0; k < run_length; ++k)
      hash = (hash ^ text.tokens[i + k].hash) * 0x9E3779B97F4A7C15U;
    visit(hash ^ (hash >> 29U));
  }
}

// What a reader of the passage sees: its words where they stand, its alterations where they do not.
bool same_passage(const QuoteFinding& before, const QuoteFinding& now) {
  if (before.passages.size() != now.passages.size()) return false;
  for (std::size_t i = 0; i < before.passages.size(); ++i) {
    if (before.passages[i].exact != now.passages[i].exact) return false;
  }
  return true;
}

}  // namespace

double share_kept(const Reading& earlier, const Reading& newer) {
  if (earlier.text_digest == newer.text_digest) return 1.0;
  std::unordered_set<std::uint64_t> runs;
  for_each_run(newer.words->plain(), [&](std::uint64_t run) { runs.insert(run); });
  std::size_t all = 0, kept = 0;
  for_each_run(earlier.words->plain(), [&](std::uint64_t run) {
    ++all;
    if (runs.contains(run)) ++kept;
  });
  return all == 0 ? 0.0 : static_cast<double>(kept) / static_cast<double>(all);
}

TextDrift drift_between(const Citation& citation, const Reading& earlier, const Reading& newer,
                        const QuoteFinding& now, const Policy& policy) {
  if (!earlier.has_text || !newer.has_text) return TextDrift::unknown;
  if (earlier.text_digest == newer.text_digest) return TextDrift::none;
  if (!citation.quote) return TextDrift::elsewhere;
  const QuoteFinding before = match_quote(*citation.quote, earlier.content, *earlier.words,
                                          {policy.altered_from, policy.max_gap_words});
  return same_passage(before, now) ? TextDrift::elsewhere : TextDrift::passage;
}

}  // namespace loccit
