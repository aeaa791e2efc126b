#include "verifier/quoted_marks.h"

#include <algorithm>
#include <string>

#include "verifier/quote_parts.h"

namespace loccit {
namespace {

constexpr std::size_t reach =
    16;  // words between a quote's end and the mark that it lost touch with

std::string_view between(std::string_view text, std::size_t begin, std::size_t end) {
  return text.substr(begin, end - begin);
}

// What stands at the source before the word that begins with a letter, or after the one that ends
// there.
std::string_view gap_at(const FoldedPlace& source, std::size_t letters, bool before) {
  const auto& tokens = source.folded.tokens;
  const auto after = std::partition_point(tokens.begin(), tokens.end(), [&](const Token& token) {
    return before ? token.begin < letters : token.end <= letters;
  });
  std::size_t from = after == tokens.begin() ? 0 : std::prev(after)->source_end;
  std::size_t to = after == tokens.end() ? source.text.size() : after->source_begin;
  // A bracketed number that is no note mark there, an index, is a word of the text.
  if (before && from > 0 && source.text.substr(from, 1) == "]")
    from = std::prev(after)->source_begin;
  if (!before && to > from && source.text[to - 1] == '[' && after != tokens.end())
    to = after->source_end;
  return between(source.text, from, to);
}

bool has_mark(std::string_view text, const std::string& digits) {
  const std::vector<TextRange> marks = find_note_marks(text);
  return std::any_of(marks.begin(), marks.end(), [&](const TextRange& mark) {
    return digits_of(between(text, mark.begin, mark.end)) == digits;
  });
}

// The word before the passage is the number itself: "22." where the quote has "[22]".
bool follows_number(const FoldedPlace& source, const std::string& digits) {
  return source.words.begin > 0 &&
         source.folded.word(source.folded.tokens[source.words.begin - 1]) == digits;
}

// Where a mark of the quote's end may stand instead.
std::string_view words_before(const FoldedPlace& source) {
  const auto& tokens = source.folded.tokens;
  const std::size_t first = source.words.begin - std::min(source.words.begin, reach);
  const std::size_t begin = first == 0 ? 0 : tokens[first - 1].source_end;
  return between(source.text, begin, tokens[source.words.begin].source_begin);
}
std::string_view words_after(const FoldedPlace& source) {
  const auto& tokens = source.folded.tokens;
  const std::size_t next = source.words.end + reach;
  const std::size_t end = next < tokens.size() ? tokens[next].source_begin : source.text.size();
  return between(source.text, tokens[source.words.end - 1].source_end, end);
}

}  // namespace

bool note_marks_agree(const FoldedPlace& quote, const FoldedPlace& source) {
  const auto& tokens = quote.folded.tokens;
  const std::size_t offset =
      source.folded.tokens[source.words.begin].begin - tokens[quote.words.begin].begin;
  for (std::size_t i = quote.words.begin; i <= quote.words.end; ++i) {
    const std::size_t from = i == 0 ? 0 : tokens[i - 1].source_end;
    const std::size_t to = i < tokens.size() ? tokens[i].source_begin : quote.text.size();
    const std::string mark = digits_of(between(quote.text, from, to));
    if (mark.empty()) continue;
    const bool leads = i == quote.words.begin;
    const std::size_t letters = offset + (leads ? tokens[i].begin : tokens[i - 1].end);
    const std::string there = digits_of(gap_at(source, letters, leads));
    if (!there.empty() && there != mark) return false;
    if (!there.empty()) continue;
    // No document begins what it quotes with a note of its own: where the source has notes about,
    // the mark is one of them. (What reads a PDF may put the number of a note behind it.)
    if (leads && !follows_number(source, mark) && !has_mark(words_after(source), mark) &&
        (!find_note_marks(words_before(source)).empty() ||
         !find_note_marks(words_after(source)).empty()))
      return false;
    if (i == quote.words.end && has_mark(words_after(source), mark)) return false;
  }
  return true;
}

}  // namespace loccit
