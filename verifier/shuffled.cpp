// Words that stand together, but in another order: no alignment finds them, a count does.
#include <unordered_map>

#include "verifier/standing.h"

namespace loccit {
namespace {

constexpr double shuffled_from = 0.85;  // share of a sentence's words that must be there
constexpr std::size_t fewest_words = 4;

using WordCounts = std::unordered_map<std::uint32_t, int>;

// What remains of the stretch's words when those of the best window of its length are taken away: a
// count below zero is a word to spare.
WordCounts best_window(TokenSpan stretch, const FoldedText& quote, const FoldedText& source) {
  WordCounts wanted;
  for (std::size_t i = stretch.begin; i < stretch.end; ++i) ++wanted[quote.tokens[i].hash];
  const std::size_t width = stretch.size() + stretch.size() / 8;
  std::size_t held = 0, most = 0, best_end = 0;
  WordCounts open = wanted;
  for (std::size_t end = 0; end < source.tokens.size(); ++end) {
    if (const auto word = open.find(source.tokens[end].hash);
        word != open.end() && word->second-- > 0)
      ++held;
    if (end >= width) {
      if (const auto word = open.find(source.tokens[end - width].hash);
          word != open.end() && ++word->second > 0)
        --held;
    }
    if (held > most) {
      most = held;
      best_end = end + 1;
    }
  }
  WordCounts there;
  for (std::size_t i = best_end > width ? best_end - width : 0; i < best_end; ++i) {
    if (wanted.contains(source.tokens[i].hash)) ++there[source.tokens[i].hash];
  }
  return there;
}

bool is_lost(const Standing& standing) {
  return standing.kind == StandingKind::absent || standing.kind == StandingKind::half;
}

}  // namespace

void find_shuffled(std::vector<Standing>& standings, TokenSpan stretch, const FoldedText& quote,
                   const FoldedText& source) {
  bool any_lost = false;
  for (const Standing& standing : standings) any_lost = any_lost || is_lost(standing);
  if (!any_lost || stretch.size() < fewest_words) return;
  WordCounts there = best_window(stretch, quote, source);
  for (const Standing& standing : standings) {
    if (is_lost(standing)) continue;
    for (std::size_t i = standing.quoted.begin; i < standing.quoted.end; ++i)
      --there[quote.tokens[i].hash];
  }
  for (Standing& standing : standings) {
    if (!is_lost(standing)) continue;
    std::size_t held = 0;
    for (std::size_t i = standing.quoted.begin; i < standing.quoted.end; ++i) {
      if (there[quote.tokens[i].hash]-- > 0) ++held;
    }
    if (static_cast<double>(held) >= shuffled_from * static_cast<double>(standing.quoted.size())) {
      standing.kind = StandingKind::shuffled;
      standing.matched = held;
    }
  }
}

}  // namespace loccit
