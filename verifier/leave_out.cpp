// Words cut out of what was folded whole.
#include <algorithm>

#include "verifier/folding.h"

namespace loccit {
namespace {

// Tokens [first, last) of `text`, with their letters, behind those of `kept`.
void append_run(FoldedText& kept, const FoldedText& text, std::size_t first, std::size_t last) {
  if (first == last) return;
  const bool numbers_meet = !kept.tokens.empty() && kept.tokens.back().kind == TokenKind::number &&
                            text.tokens[first].kind == TokenKind::number;
  if (numbers_meet) kept.letters += ' ';
  const std::uint32_t begin = text.tokens[first].begin;
  const auto moved = static_cast<std::uint32_t>(kept.letters.size()) - begin;  // may wrap round
  kept.letters.append(text.letters, begin, text.tokens[last - 1].end - begin);
  const std::size_t at = kept.tokens.size();
  kept.tokens.insert(kept.tokens.end(), text.tokens.begin() + static_cast<std::ptrdiff_t>(first),
                     text.tokens.begin() + static_cast<std::ptrdiff_t>(last));
  for (std::size_t i = at; i < kept.tokens.size(); ++i) {
    kept.tokens[i].begin += moved;
    kept.tokens[i].end += moved;
  }
}

// The token that comes after those left out stands after all that they stood after.
void take_over(Token& token, std::span<const Token> lost, bool is_first) {
  for (const Token& before : lost) {
    token.after_blank |= before.after_blank;
    token.after_stop |= before.after_stop;
    token.sentence_start |= before.sentence_start;
  }
  token.sentence_start |=
      is_first || (token.after_stop && (token.after_blank || token.kind == TokenKind::unspaced));
}

}  // namespace

std::optional<FoldedText> leave_out(const FoldedText& text, std::span<const TextRange> excluded) {
  FoldedText kept;
  kept.letters.reserve(text.letters.size());
  kept.tokens.reserve(text.tokens.size());
  const std::span<const Token> tokens = text.tokens;
  std::size_t at = 0;         // tokens before it are kept or left out
  std::size_t lost_from = 0;  // those since are left out
  const auto keep_up_to = [&](std::size_t end) {
    const std::size_t first = kept.tokens.size();
    append_run(kept, text, at, end);
    if (end > at && at > lost_from)
      take_over(kept.tokens[first], tokens.subspan(lost_from, at - lost_from), first == 0);
    if (end > at) lost_from = end;
    at = end;
  };
  for (const TextRange& range : excluded) {
    const auto from = tokens.begin() + static_cast<std::ptrdiff_t>(at);
    const auto first = std::partition_point(
        from, tokens.end(), [&](const Token& t) { return t.source_end <= range.begin; });
    const auto last = std::partition_point(
        first, tokens.end(), [&](const Token& t) { return t.source_begin < range.end; });
    if (first == last) continue;
    if (first->source_begin < range.begin || std::prev(last)->source_end > range.end)
      return std::nullopt;
    keep_up_to(static_cast<std::size_t>(first - tokens.begin()));
    at = static_cast<std::size_t>(last - tokens.begin());
  }
  keep_up_to(tokens.size());
  return kept;
}

}  // namespace loccit
