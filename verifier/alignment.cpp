#include "verifier/alignment.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

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

// Numbers hashes from 1 in the order in which they come; 0 is any other. Open addressing, and no
// branch but for collisions: which of a text's words are in a quote nobody foresees.
class HashIndex {
 public:
  explicit HashIndex(std::size_t most) : slots_(std::bit_ceil(most * 4 + 1)) {}

  std::uint32_t add(std::uint32_t hash) {
    Slot& slot = slots_[place_of(hash)];
    if (slot.number == 0) slot = {hash, ++count_};
    return slot.number;
  }
  std::uint32_t find(std::uint32_t hash) const { return slots_[place_of(hash)].number; }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t number = 0;
  };
  std::size_t place_of(std::uint32_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash & mask;
    while (static_cast<bool>(static_cast<unsigned>(slots_[at].number != 0) &
                             static_cast<unsigned>(slots_[at].hash != hash)))
      at = (at + 1) & mask;
    return at;
  }

  std::vector<Slot> slots_;
  std::uint32_t count_ = 0;
};

std::uint32_t pair_hash(const Token& a, const Token& b) {
  return (a.hash * 0x9E3779B1U) ^ (b.hash + 0x7F4A7C15U);
}

// What a window of the source holds of a stretch's words and pairs of neighbours, rare ones
// counting more: the score of the window that ends with each token.
std::vector<std::int32_t> window_scores(const FoldedText& quote, TokenSpan stretch,
                                        const FoldedText& source, std::size_t width) {
  // The first few stand for words that the quote does not have, in turn, so that none waits for
  // another.
  constexpr std::uint32_t others = 8;
  struct Entry {
    std::int32_t open = 0;  // how often the quote has it and the window not yet
    std::uint32_t in_source = 0;
    std::int32_t weight = 0;
  };
  HashIndex index(stretch.size() * 2);
  std::vector<Entry> entries(others);
  const auto want = [&](std::uint32_t hash) {
    const std::size_t at = index.add(hash) + others - 1;
    if (at == entries.size()) entries.emplace_back();
    ++entries[at].open;
  };
  for (std::size_t i = stretch.begin; i < stretch.end; ++i) {
    want(quote.tokens[i].hash);
    if (i + 1 < stretch.end) want(pair_hash(quote.tokens[i], quote.tokens[i + 1]));
  }
  const std::size_t count = source.tokens.size();
  std::vector<std::uint32_t> words(count), pairs(count);
  const auto number_of = [&](std::uint32_t hash, std::size_t i) {
    const std::uint32_t number = index.find(hash);
    return number == 0 ? static_cast<std::uint32_t>(i % others) : number + others - 1;
  };
  for (std::size_t i = 0; i < count; ++i) {
    words[i] = number_of(source.tokens[i].hash, i);
    if (i > 0) pairs[i] = number_of(pair_hash(source.tokens[i - 1], source.tokens[i]), i);
    ++entries[words[i]].in_source;
    ++entries[pairs[i]].in_source;
  }
  for (std::size_t i = others; i < entries.size(); ++i) {
    const double rarity = 1 / (1 + std::log2(1.0 + entries[i].in_source));
    entries[i].weight = static_cast<std::int32_t>(1024 * rarity);
  }
  std::vector<std::int32_t> scores(count);
  std::int32_t score = 0;
  // Arithmetic in place of a branch.
  const auto if_positive = [](std::int32_t open, std::int32_t weight) {
    return weight & -static_cast<std::int32_t>(open > 0);
  };
  const auto enter = [&](std::uint32_t e) {
    score += if_positive(entries[e].open--, entries[e].weight);
  };
  const auto leave = [&](std::uint32_t e) {
    score -= if_positive(++entries[e].open, entries[e].weight);
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
  return scores;
}

// The greatest of many numbers, asked again after some were cleared.
class Highest {
 public:
  explicit Highest(std::vector<std::int32_t> values) : values_(std::move(values)) {
    best_.resize((values_.size() + block - 1) / block);
    for (std::size_t b = 0; b < best_.size(); ++b) look_at(b);
  }

  std::size_t place() const {
    return best_[static_cast<std::size_t>(
        std::max_element(best_.begin(), best_.end(),
                         [&](std::size_t a, std::size_t b) { return values_[a] < values_[b]; }) -
        best_.begin())];
  }
  std::int32_t value(std::size_t place) const { return values_[place]; }
  void clear(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) values_[i] = 0;
    for (std::size_t b = begin / block; b * block < end; ++b) look_at(b);
  }

 private:
  static constexpr std::size_t block = 64;
  void look_at(std::size_t b) {
    const auto begin = values_.begin() + static_cast<std::ptrdiff_t>(b * block);
    const auto end =
        values_.begin() + static_cast<std::ptrdiff_t>(std::min((b + 1) * block, values_.size()));
    best_[b] = static_cast<std::size_t>(std::max_element(begin, end) - values_.begin());
  }

  std::vector<std::int32_t> values_;
  std::vector<std::size_t> best_;  // of each block, its place
};

}  // namespace

std::vector<TokenSpan> likely_places(const FoldedText& quote, TokenSpan stretch,
                                     const FoldedText& source, std::size_t most) {
  const std::size_t length = stretch.size();
  const std::size_t count = source.tokens.size();
  if (length == 0 || count == 0) return {};
  const std::size_t width = length + length / 4 + 8;
  Highest scores(window_scores(quote, stretch, source, width));
  std::vector<TokenSpan> places;
  const std::size_t margin = length / 4 + 8;
  for (std::size_t n = 0; n < most; ++n) {
    const std::size_t best = scores.place();
    if (scores.value(best) <= 0) break;
    const std::size_t end = best + 1;
    const std::size_t begin = end > width ? end - width : 0;
    places.push_back({begin > margin ? begin - margin : 0, std::min(count, end + margin)});
    const std::size_t clear_from = begin + width / 2 < end ? begin + width / 2 : begin;
    scores.clear(clear_from, std::min(count, end + width / 2));
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
