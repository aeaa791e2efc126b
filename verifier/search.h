// Folded words found word for word in folded text.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "verifier/folding.h"

namespace loccit {

// Tokens of a text, end exclusive.
struct TokenSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t size() const { return end - begin; }
  bool operator==(const TokenSpan&) const = default;
};

// Every place where these letters stand as whole words, in order; at most `limit`. Linear.
std::vector<TokenSpan> find_all(const FoldedText& text, std::string_view letters,
                                std::size_t limit = 1U << 20U);
std::optional<TokenSpan> find_first(const FoldedText& text, std::string_view letters);

// One place for each stretch, in order and not overlapping, no two neighbours more than `max_gap`
// tokens apart, with the least skipped in all; empty where there is no such chain. Linear in the
// places.
std::vector<TokenSpan> find_chain(const std::vector<std::vector<TokenSpan>>& places,
                                  std::size_t max_gap);

// Whether two neighbours of a chain stand in the other order within one sentence, while in this
// order a sentence ends between them: then it was put together from what the text says elsewhere.
bool stands_reversed(const FoldedText& text, const std::vector<std::vector<TokenSpan>>& places,
                     const std::vector<TokenSpan>& chain);

}  // namespace loccit
