#include "verifier/passages.h"

#include "base/text.h"

namespace loccit {
namespace {

constexpr std::size_t context_bytes = 64;

std::string_view before(std::string_view text, std::size_t end) {
  std::size_t begin = end > context_bytes ? end - context_bytes : 0;
  while (begin < end && is_continuation(text[begin])) ++begin;
  return text.substr(begin, end - begin);
}

std::string_view after(std::string_view text, std::size_t begin) {
  std::size_t end = std::min(text.size(), begin + context_bytes);
  while (end > begin && end < text.size() && is_continuation(text[end])) --end;
  return text.substr(begin, end - begin);
}

}  // namespace

Passage make_passage(std::string_view quote_text, const FoldedText& quote, TokenSpan quoted,
                     std::string_view source_text, const FoldedText& source, TokenSpan found) {
  Passage passage;
  const std::size_t quote_begin = quote.tokens[quoted.begin].source_begin;
  std::size_t quote_end = quote.tokens[quoted.end - 1].source_end;
  const std::size_t source_begin = source.tokens[found.begin].source_begin;
  std::size_t source_end = source.tokens[found.end - 1].source_end;
  // Punctuation that both sides have at the end belongs to the passage.
  const std::size_t quote_limit =
      quoted.end < quote.tokens.size() ? quote.tokens[quoted.end].source_begin : quote_text.size();
  while (quote_end < quote_limit && source_end < source_text.size() &&
         quote_text[quote_end] == source_text[source_end] &&
         std::string_view(" \n[(").find(quote_text[quote_end]) == std::string_view::npos) {
    ++quote_end;
    ++source_end;
  }
  while (source_end < source_text.size() && is_continuation(source_text[source_end])) {
    --source_end;
    --quote_end;
  }
  passage.quote_start = count_code_points(quote_text.substr(0, quote_begin));
  passage.quote_end = passage.quote_start +
                      count_code_points(quote_text.substr(quote_begin, quote_end - quote_begin));
  passage.source_start = count_code_points(source_text.substr(0, source_begin));
  passage.source_end = passage.source_start + count_code_points(source_text.substr(
                                                  source_begin, source_end - source_begin));
  passage.exact = source_text.substr(source_begin, source_end - source_begin);
  passage.prefix = before(source_text, source_begin);
  passage.suffix = after(source_text, source_end);
  return passage;
}

}  // namespace loccit
