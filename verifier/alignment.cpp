#include "verifier/alignment.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <unordered_map>

namespace loccit {
namespace {

constexpr int match_score = 4;
constexpr int substitution_score = -2;
constexpr int kindred_score = -1;  // two forms of one word
constexpr int gap_open = -3;
constexpr int gap_extend = -1;
constexpr int minus_infinity = -(1 << 28);

bool same(const FoldedText& a, const Token& x, const FoldedText& b, const Token& y) {
  return x.hash == y.hash && a.word(x) == b.word(y);
}

bool kindred(const FoldedText& a, const Token& x, const FoldedText& b, const Token& y) {
  constexpr std::size_t stem = 3;
  const auto first = a.word(x);
  const auto second = b.word(y);
  return first.size() > stem && second.size() > stem &&
         first.substr(0, stem) == second.substr(0, stem);
}

// Which way a cell was reached: two bits for the best of all, one each for whether its gaps go on.
enum Step : std::uint8_t {
  diagonal = 0,
  quote_only = 1,
  source_only = 2,
  start = 3,
  quote_gap_goes_on = 4,
  source_gap_goes_on = 8
};

}  // namespace

std::vector<TokenSpan> likely_places(const FoldedText& quote, TokenSpan stretch,
                                     const FoldedText& source, std::size_t most) {
  struct Entry {
    std::uint32_t wanted = 0;   // how often the quote has it
    std::uint32_t in_view = 0;  // how often the window has it
    std::uint32_t in_source = 0;
    float weight = 0;
  };
  const std::size_t length = stretch.size();
  if (length == 0 || source.tokens.empty()) return {};
  std::unordered_map<std::uint32_t, std::uint32_t> index;
  std::vector<Entry> entries;
  const auto add = [&](std::uint32_t hash) {
    const auto [at, fresh] = index.try_emplace(hash, static_cast<std::uint32_t>(entries.size()));
    if (fresh) entries.emplace_back();
    ++entries[at->second].wanted;
  };
  const auto pair_hash = [](const Token& a, const Token& b) {
    return (a.hash * 0x9E3779B1U) ^ (b.hash + 0x7F4A7C15U);
  };
  for (std::size_t i = stretch.begin; i < stretch.end; ++i) {
    add(quote.tokens[i].hash);
    if (i + 1 < stretch.end) add(pair_hash(quote.tokens[i], quote.tokens[i + 1]));
  }
  // A filter of one bit a hash keeps most tokens of the source from the map.
  std::vector<bool> filter(1U << 16U);
  for (const auto& [hash, at] : index) filter[hash & 0xFFFFU] = true;
  constexpr std::uint32_t none = 0xFFFFFFFFU;
  const auto lookup = [&](std::uint32_t hash) {
    if (!filter[hash & 0xFFFFU]) return none;
    const auto at = index.find(hash);
    return at == index.end() ? none : at->second;
  };
  const std::size_t count = source.tokens.size();
  std::vector<std::uint32_t> words(count, none), pairs(count, none);
  for (std::size_t i = 0; i < count; ++i) {
    words[i] = lookup(source.tokens[i].hash);
    if (words[i] != none) ++entries[words[i]].in_source;
    if (i > 0 && words[i] != none && words[i - 1] != none) {
      pairs[i] = lookup(pair_hash(source.tokens[i - 1], source.tokens[i]));
      if (pairs[i] != none) ++entries[pairs[i]].in_source;
    }
  }
  for (Entry& entry : entries)
    entry.weight = 1.0F / (1.0F + std::log2(1.0F + static_cast<float>(entry.in_source)));

  const std::size_t width = length + length / 4 + 8;
  std::vector<float> scores(count);
  float score = 0;
  const auto enter = [&](std::uint32_t e) {
    if (e != none && ++entries[e].in_view <= entries[e].wanted) score += entries[e].weight;
  };
  const auto leave = [&](std::uint32_t e) {
    if (e != none && entries[e].in_view-- <= entries[e].wanted) score -= entries[e].weight;
  };
  for (std::size_t end = 0; end < count; ++end) {
    enter(words[end]);
    enter(pairs[end]);
    if (end >= width) {
      leave(words[end - width]);
      leave(pairs[end - width]);
    }
    scores[end] = score;
  }
  std::vector<TokenSpan> places;
  const std::size_t margin = length / 4 + 8;
  for (std::size_t n = 0; n < most; ++n) {
    const auto best = std::max_element(scores.begin(), scores.end());
    if (*best <= 0) break;
    const auto end = static_cast<std::size_t>(best - scores.begin()) + 1;
    const std::size_t begin = end > width ? end - width : 0;
    places.push_back({begin > margin ? begin - margin : 0, std::min(count, end + margin)});
    const std::size_t clear_to = std::min(count, end + width / 2);
    std::fill(scores.begin() +
                  static_cast<std::ptrdiff_t>(begin + width / 2 < end ? begin + width / 2 : begin),
              scores.begin() + static_cast<std::ptrdiff_t>(clear_to), 0.0F);
  }
  return places;
}

Alignment align(const FoldedText& quote, TokenSpan stretch, const AlignmentSource& source,
                TokenSpan window, std::size_t max_cells) {
  Alignment result;
  result.quote = stretch;
  result.partner.assign(stretch.size(), unmatched);
  const std::size_t rows = stretch.size();
  const std::size_t columns = window.size();
  if (rows == 0 || columns == 0 || rows > max_cells / columns) return result;
  const auto skippable = [&](std::size_t column) {
    return !source.skippable.empty() && source.skippable[window.begin + column];
  };
  // best: all cells of the row above; source_gap runs along the row, quote_gap down each column.
  std::vector<int> best(columns + 1, 0), quote_gap(columns + 1, minus_infinity);
  std::vector<std::uint8_t> steps((rows + 1) * (columns + 1), start);
  int total = minus_infinity;
  std::size_t end_column = 0;
  for (std::size_t i = 1; i <= rows; ++i) {
    const Token& wanted = quote.tokens[stretch.begin + i - 1];
    std::uint8_t* const row = &steps[i * (columns + 1)];
    int corner = best[0];
    best[0] = gap_open + static_cast<int>(i) * gap_extend;
    row[0] = quote_only | quote_gap_goes_on;
    int source_gap = minus_infinity;
    for (std::size_t j = 1; j <= columns; ++j) {
      const Token& found = source.text.tokens[window.begin + j - 1];
      std::uint8_t step = 0;
      const int open_quote_gap = best[j] + gap_open + gap_extend;
      if (quote_gap[j] + gap_extend >= open_quote_gap) step |= quote_gap_goes_on;
      quote_gap[j] = std::max(quote_gap[j] + gap_extend, open_quote_gap);
      const bool free = skippable(j - 1);
      const int open_source_gap = best[j - 1] + (free ? 0 : gap_open + gap_extend);
      const int longer_source_gap = source_gap + (free ? 0 : gap_extend);
      if (longer_source_gap >= open_source_gap) step |= source_gap_goes_on;
      source_gap = std::max(longer_source_gap, open_source_gap);
      int pairing = substitution_score;
      if (same(quote, wanted, source.text, found)) {
        pairing = match_score;
      } else if (kindred(quote, wanted, source.text, found)) {
        pairing = kindred_score;
      }
      int score = corner + pairing;
      std::uint8_t way = diagonal;
      if (quote_gap[j] > score) {
        score = quote_gap[j];
        way = quote_only;
      }
      if (source_gap > score) {
        score = source_gap;
        way = source_only;
      }
      corner = best[j];
      best[j] = score;
      row[j] = static_cast<std::uint8_t>(step | way);
    }
  }
  for (std::size_t j = 0; j <= columns; ++j) {
    if (best[j] > total) {
      total = best[j];
      end_column = j;
    }
  }
  // Back along the steps.
  std::size_t i = rows;
  std::size_t j = end_column;
  int state = diagonal;
  while (i > 0 && j > 0) {
    const std::uint8_t step = steps[i * (columns + 1) + j];
    if (state == diagonal) state = step & 3;
    if (state == quote_only) {
      if ((step & quote_gap_goes_on) == 0) state = diagonal;
      --i;
    } else if (state == source_only) {
      if ((step & source_gap_goes_on) == 0) state = diagonal;
      --j;
    } else {
      const std::size_t place = window.begin + j - 1;
      if (same(quote, quote.tokens[stretch.begin + i - 1], source.text,
               source.text.tokens[place])) {
        result.partner[i - 1] = place;
        ++result.matched;
      }
      --i;
      --j;
      state = diagonal;
    }
  }
  const auto paired = [](std::size_t p) { return p != unmatched; };
  const auto first = std::find_if(result.partner.begin(), result.partner.end(), paired);
  if (first != result.partner.end()) {
    result.source = {*first,
                     *std::find_if(result.partner.rbegin(), result.partner.rend(), paired) + 1};
  }
  return result;
}

Alignment align_best(const FoldedText& quote, TokenSpan stretch, const AlignmentSource& source) {
  Alignment best;
  best.quote = stretch;
  best.partner.assign(stretch.size(), unmatched);
  for (const TokenSpan& place : likely_places(quote, stretch, source.text, 3)) {
    Alignment candidate = align(quote, stretch, source, place);
    if (candidate.matched > best.matched) best = std::move(candidate);
    if (best.matched == stretch.size() && best.source.size() == stretch.size()) break;
  }
  return best;
}

}  // namespace loccit
