#include "verifier/own_ellipsis.h"

#include "verifier/quote_parts.h"

namespace loccit {
namespace {

enum class MarkForm { none, bare, bracketed };

MarkForm omission_in(std::string_view text) {
  MarkForm form = MarkForm::none;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (omission_mark_length(text.substr(at)) == 0) continue;
    const bool bare = text[at] == '.' || text[at] == '*' || text.substr(at, 3) == "\u2026" ||
                      text.substr(at, 3) == "\u22EF" || text.substr(at, 3) == "\u3002";
    if (!bare) return MarkForm::bracketed;
    form = MarkForm::bare;
  }
  return form;
}

bool is_sentence_start(const FoldedText& text, std::size_t token) {
  const Token& first = text.tokens[token];
  return first.sentence_start && (first.capital || first.kind == TokenKind::unspaced);
}

std::size_t dots_in(std::string_view text) {
  std::size_t dots = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view here = text.substr(at, 3);
    dots += text[at] == '.' ? 1U : here == "\u2026" || here == "\u22EF" ? 3U : 0U;
  }
  return dots;
}

}  // namespace

bool is_the_sources_own(std::string_view mark, TokenSpan before, TokenSpan after,
                        const FoldedText& source, std::string_view text) {
  if (before.end == after.begin) return false;
  const MarkForm quoted = omission_in(mark);
  const auto gap_after = [&](std::size_t token) {
    const std::size_t begin = source.tokens[token].source_end;
    return text.substr(begin, source.tokens[token + 1].source_begin - begin);
  };
  const bool whole_sentences =
      is_sentence_start(source, before.end) && is_sentence_start(source, after.begin);
  const std::string_view first = gap_after(before.end - 1);
  if (omission_in(first) == quoted) return !(whole_sentences && dots_in(mark) > dots_in(first));
  return omission_in(gap_after(after.begin - 1)) == quoted && !whole_sentences;
}

}  // namespace loccit
