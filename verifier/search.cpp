#include "verifier/search.h"

#include <algorithm>
#include <cstring>
#include <deque>
#include <limits>

namespace loccit {
namespace {

constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();
constexpr std::size_t most_work = 256U << 20U;

std::size_t find_letters(std::string_view text, std::string_view letters, std::size_t from) {
  if (from >= text.size()) return nowhere;
  const void* found =
      memmem(text.data() + from, text.size() - from, letters.data(), letters.size());
  return found == nullptr ? nowhere
                          : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

std::optional<TokenSpan> whole_words(const FoldedText& text, std::size_t begin, std::size_t end) {
  const auto first =
      std::lower_bound(text.tokens.begin(), text.tokens.end(), begin,
                       [](const Token& token, std::size_t at) { return token.begin < at; });
  if (first == text.tokens.end() || first->begin != begin) return std::nullopt;
  const auto last =
      std::lower_bound(first, text.tokens.end(), end,
                       [](const Token& token, std::size_t at) { return token.end < at; });
  if (last == text.tokens.end() || last->end != end) return std::nullopt;
  const TokenSpan span{static_cast<std::size_t>(first - text.tokens.begin()),
                       static_cast<std::size_t>(last - text.tokens.begin()) + 1};
  if (!may_begin(text, span.begin) || !may_end(text, span.end - 1)) return std::nullopt;
  return span;
}

}  // namespace

std::vector<TokenSpan> find_all(const FoldedText& text, std::string_view letters,
                                std::size_t limit) {
  std::vector<TokenSpan> found;
  if (letters.empty()) return found;
  // memmem prepares itself anew at each call: on a text that repeats the words without end, that is
  // what costs.
  std::size_t work = most_work;
  for (std::size_t at = find_letters(text.letters, letters, 0);
       at != nowhere && found.size() < limit; at = find_letters(text.letters, letters, at + 1)) {
    if (work < letters.size()) break;
    work -= letters.size();
    if (const auto span = whole_words(text, at, at + letters.size())) found.push_back(*span);
  }
  return found;
}

std::optional<TokenSpan> find_first(const FoldedText& text, std::string_view letters) {
  const auto found = find_all(text, letters, 1);
  return found.empty() ? std::nullopt : std::optional(found.front());
}

std::vector<TokenSpan> find_chain(const std::vector<std::vector<TokenSpan>>& places,
                                  std::size_t max_gap) {
  if (places.empty() || places.front().empty()) return {};
  struct Step {
    std::size_t skipped = nowhere;  // least tokens skipped up to here
    std::size_t before = nowhere;   // place of the stretch before
  };
  std::vector<std::vector<Step>> chain;
  chain.emplace_back(places.front().size(), Step{0, nowhere});
  for (std::size_t k = 1; k < places.size(); ++k) {
    const auto& earlier = places[k - 1];
    const auto& here = places[k];
    std::vector<Step> links(here.size());
    // Candidates before the place in hand, cheapest first: cost compared as skipped - end, as the
    // gap adds begin - end.
    std::deque<std::size_t> window;
    std::size_t next = 0;
    const auto cost = [&](std::size_t i) {
      return static_cast<std::ptrdiff_t>(chain[k - 1][i].skipped) -
             static_cast<std::ptrdiff_t>(earlier[i].end);
    };
    for (std::size_t j = 0; j < here.size(); ++j) {
      for (; next < earlier.size() && earlier[next].end <= here[j].begin; ++next) {
        if (chain[k - 1][next].skipped == nowhere) continue;
        while (!window.empty() && cost(window.back()) >= cost(next)) window.pop_back();
        window.push_back(next);
      }
      while (!window.empty() && earlier[window.front()].end + max_gap < here[j].begin)
        window.pop_front();
      if (window.empty()) continue;
      const std::size_t i = window.front();
      links[j] = {chain[k - 1][i].skipped + here[j].begin - earlier[i].end, i};
    }
    chain.push_back(std::move(links));
  }
  const auto& last = chain.back();
  const auto best = std::min_element(
      last.begin(), last.end(), [](const Step& a, const Step& b) { return a.skipped < b.skipped; });
  if (best == last.end() || best->skipped == nowhere) return {};
  std::vector<TokenSpan> spans(places.size());
  std::size_t at = static_cast<std::size_t>(best - last.begin());
  for (std::size_t k = places.size(); k-- > 0;) {
    spans[k] = places[k][at];
    at = chain[k][at].before;
  }
  return spans;
}

namespace {

// A sentence begins at one of these tokens.
bool sentence_begins(const FoldedText& text, std::size_t first, std::size_t last) {
  for (std::size_t i = first; i <= last && i < text.tokens.size(); ++i) {
    if (text.tokens[i].sentence_start) return true;
  }
  return false;
}

// Three words, or as much in a script without blanks: fewer stand anywhere.
bool says_enough(const FoldedText& text, TokenSpan span) {
  return span.size() >= (text.tokens[span.begin].kind == TokenKind::unspaced ? 6U : 3U);
}

}  // namespace

bool stands_reversed(const FoldedText& text, const std::vector<std::vector<TokenSpan>>& places,
                     const std::vector<TokenSpan>& chain) {
  constexpr std::size_t longest_sentence = 60, most_places = 1000;
  for (std::size_t k = 1; k < chain.size(); ++k) {
    const TokenSpan earlier = chain[k - 1], later = chain[k];
    if (!says_enough(text, earlier) || !says_enough(text, later) ||
        !sentence_begins(text, earlier.end, later.begin))
      continue;
    const std::size_t reach = std::min(later.begin - earlier.end, longest_sentence);
    const auto& others = places[k - 1];
    for (std::size_t i = 0; i < std::min(places[k].size(), most_places); ++i) {
      const std::size_t end = places[k][i].end;
      const auto next = std::partition_point(others.begin(), others.end(),
                                             [&](TokenSpan p) { return p.begin < end; });
      if (next != others.end() && next->begin - end <= reach &&
          !sentence_begins(text, end, next->begin))
        return true;
    }
  }
  return false;
}

}  // namespace loccit
