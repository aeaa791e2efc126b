#include "verifier/omissions.h"

#include <algorithm>

namespace loccit {
namespace {

// How far from a quote's end a word still belongs to its clause; in characters where there are no
// blanks.
constexpr std::size_t look_back = 5, look_back_unspaced = 12;
constexpr std::size_t look_ahead = 30, look_ahead_unspaced = 60;

bool is_unspaced(const FoldedText& text, std::size_t token) {
  return token < text.tokens.size() && text.tokens[token].kind == TokenKind::unspaced;
}

std::string printed(const FoldedText& source, std::string_view text, TokenSpan words) {
  // "n't" and "n'" are read with what they are written together with.
  while (words.begin > 0 && source.tokens[words.begin].glue == Glue::apostrophe) --words.begin;
  const std::size_t begin = source.tokens[words.begin].source_begin;
  return std::string(text.substr(begin, source.tokens[words.end - 1].source_end - begin));
}

enum class Wanted { denials_and_exceptions, denials, exceptions };

// The first negation of the span, else its first exception.
std::string turning_word(const FoldedText& source, std::string_view text, TokenSpan span,
                         const Lexicon& lexicon, Wanted wanted) {
  const SenseOfWords* exception = nullptr;
  const std::vector<SenseOfWords> senses = lexicon.senses_in(source, span);
  for (const SenseOfWords& found : senses) {
    // A longer word that only begins or ends in here is not left out.
    if (found.words.begin < span.begin || found.words.end > span.end) continue;
    if (found.sense == WordSense::negation && wanted != Wanted::exceptions)
      return printed(source, text, found.words);
    if (found.sense == WordSense::exception && wanted != Wanted::denials && exception == nullptr)
      exception = &found;
  }
  return exception == nullptr ? std::string() : printed(source, text, exception->words);
}

TokenSpan before_the_quote(const FoldedText& source, std::size_t begin) {
  const std::size_t limit = is_unspaced(source, begin) ? look_back_unspaced : look_back;
  std::size_t first = begin;
  while (first > 0 && begin - first < limit && !source.tokens[first].sentence_start) --first;
  return {first, begin};
}

TokenSpan rest_of_the_sentence(const FoldedText& source, std::size_t end) {
  const std::size_t limit = is_unspaced(source, end) ? look_ahead_unspaced : look_ahead;
  std::size_t last = end;
  while (last < source.tokens.size() && last - end < limit && !source.tokens[last].sentence_start)
    ++last;
  return {end, last};
}

}  // namespace

std::string remark_on_omissions(const QuoteParts& parts, const std::vector<TokenSpan>& places,
                                const FoldedText& source, std::string_view source_text,
                                const Lexicon& lexicon) {
  const auto word_in = [&](TokenSpan span, Wanted wanted) {
    return turning_word(source, source_text, span, lexicon, wanted);
  };
  for (std::size_t k = 1; k < places.size(); ++k) {
    const std::string word =
        word_in({places[k - 1].end, places[k].begin}, Wanted::denials_and_exceptions);
    if (!word.empty())
      return "the words that an omission mark leaves out hold \u201C" + word + "\u201D";
  }
  if (places.empty()) return {};
  const TokenSpan begins = before_the_quote(source, places.front().begin);
  const TokenSpan ends = rest_of_the_sentence(source, places.back().end);
  if (parts.leading_mark) {
    const std::string word = word_in(begins, Wanted::denials_and_exceptions);
    if (!word.empty())
      return "just before the omission mark that begins the quote the source has \u201C" + word +
             "\u201D";
  } else if (begins.size() != 0) {
    const std::string word = word_in({begins.end - 1, begins.end}, Wanted::denials);
    if (!word.empty()) return "right before them the source has \u201C" + word + "\u201D";
  }
  if (parts.trailing_mark) {
    const std::string word = word_in(ends, Wanted::exceptions);
    if (!word.empty())
      return "after the omission mark that ends the quote the source goes on with \u201C" + word +
             "\u201D";
  } else if (ends.size() != 0) {
    const std::string word = word_in({ends.begin, ends.begin + 1}, Wanted::denials);
    if (!word.empty()) return "right after them the source goes on with \u201C" + word + "\u201D";
  }
  return {};
}

}  // namespace loccit
