#include "verifier/list_labels.h"

#include <algorithm>

namespace loccit {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The length of the label that begins a text, with the blanks after it; 0 for none.
std::size_t label_length(std::string_view text) {
  constexpr std::size_t most_digits = 3;
  std::size_t at = 0;
  while (at < text.size() && at <= most_digits && is_digit(text[at])) ++at;
  if (at > most_digits) return 0;
  if (at == 0 && !text.empty() && text[0] >= 'a' && text[0] <= 'z') at = 1;
  if (at == 0 || at >= text.size() || (text[at] != '.' && text[at] != ')')) return 0;
  const std::size_t mark = ++at;
  while (at < text.size() && text[at] == ' ') ++at;
  return at == mark || at == text.size() ? 0 : at;
}

void add_label(std::string_view text, std::size_t begin, std::vector<TextRange>& labels) {
  const std::size_t length = label_length(text.substr(begin));
  if (length != 0) labels.push_back({begin, begin + length});
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

std::vector<TextRange> list_labels_of_quote(std::string_view quote) {
  std::vector<TextRange> labels;
  add_label(quote, 0, labels);
  for (std::size_t at = quote.find('\n'); at != std::string_view::npos;
       at = quote.find('\n', at + 1))
    add_label(quote, at + 1, labels);
  return labels;
}

std::vector<TextRange> list_labels_of_source(const TextContent& content) {
  std::vector<TextRange> labels;
  for (const Block& block : content.blocks) {
    if (block.kind != BlockKind::preformatted)
      add_label(std::string_view(content.text).substr(0, block.range.end), block.range.begin,
                labels);
  }
  return labels;
}

bool list_labels_agree(const FoldedPlace& quote, const FoldedPlace& source,
                       const TextContent& content) {
  const auto& tokens = quote.folded.tokens;
  const auto& there = source.folded.tokens;
  const std::size_t offset = there[source.words.begin].begin - tokens[quote.words.begin].begin;
  for (const TextRange& label : list_labels_of_quote(quote.text)) {
    const auto after = std::partition_point(
        tokens.begin(), tokens.end(), [&](const Token& t) { return t.source_begin < label.end; });
    const auto index = static_cast<std::size_t>(after - tokens.begin());
    if (index < quote.words.begin || index >= quote.words.end) continue;
    const auto token = std::partition_point(there.begin(), there.end(), [&](const Token& t) {
      return t.begin < after->begin + offset;
    });
    if (token == there.end()) return false;
    const auto block =
        std::partition_point(content.blocks.begin(), content.blocks.end(),
                             [&](const Block& b) { return b.range.end <= token->source_begin; });
    if (block == content.blocks.end() || block->range.begin > token->source_begin) return false;
    const std::string_view before =
        source.text.substr(block->range.begin, token->source_begin - block->range.begin);
    const bool is_items_own = before.empty() && block->kind == BlockKind::list_item;
    const bool is_same =
        trimmed(before) == trimmed(quote.text.substr(label.begin, label.end - label.begin));
    if (!is_items_own && !is_same) return false;
  }
  return true;
}

}  // namespace loccit
