#include "verifier/list_labels.h"

#include <algorithm>
#include <string>

#include "base/ascii.h"

namespace loccit {
namespace {

using ascii::is_digit;

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

// "2." after "1.", "c)" after "b)".
std::string next_label(std::string_view label) {
  const std::size_t mark = label.find_first_of(".)");
  std::string next(label.substr(0, mark));
  if (is_digit(next.front())) {
    next = std::to_string(std::stoi(next) + 1);
  } else {
    ++next.front();
  }
  return " " + next + label[mark] + " ";
}

bool ends_sentence(std::string_view text) {
  return std::string_view(".;:!?)\"").find(text.back()) != std::string_view::npos ||
         text.ends_with("\u201D") || text.ends_with("\u00BB");
}

// Those of one line, which counts on only from a label at its beginning.
void add_labels(std::string_view text, std::size_t begin, std::size_t end,
                std::vector<TextRange>& labels) {
  text = text.substr(0, end);
  for (std::size_t at = begin, length = label_length(text.substr(begin)); length != 0;) {
    labels.push_back({at, at + length});
    const std::string next = next_label(text.substr(at, length));
    std::size_t place = text.find(next, at + length);
    while (place != std::string_view::npos && !ends_sentence(text.substr(0, place)))
      place = text.find(next, place + 1);
    if (place == std::string_view::npos) return;
    at = place + 1;
    length = label_length(text.substr(at));
  }
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

std::vector<TextRange> list_labels_of_quote(std::string_view quote) {
  std::vector<TextRange> labels;
  for (std::size_t at = 0; at < quote.size();) {
    const std::size_t end = std::min(quote.find('\n', at), quote.size());
    add_labels(quote, at, end, labels);
    at = end + 1;
  }
  return labels;
}

std::vector<TextRange> list_labels_of_source(const TextContent& content) {
  std::vector<TextRange> labels;
  for (const Block& block : content.blocks) {
    if (block.kind != BlockKind::preformatted)
      add_labels(content.text, block.range.begin, block.range.end, labels);
  }
  return labels;
}

bool list_labels_agree(const FoldedPlace& quote, const FoldedPlace& source,
                       const TextContent& content) {
  const auto& tokens = quote.folded.tokens;
  const auto& there = source.folded.tokens;
  const std::size_t offset = there[source.words.begin].begin - tokens[quote.words.begin].begin;
  const std::vector<TextRange> labels_there = list_labels_of_source(content);
  for (const TextRange& label : list_labels_of_quote(quote.text)) {
    const auto after = std::partition_point(
        tokens.begin(), tokens.end(), [&](const Token& t) { return t.source_begin < label.end; });
    const auto index = static_cast<std::size_t>(after - tokens.begin());
    if (index < quote.words.begin || index >= quote.words.end) continue;
    const auto token = std::partition_point(there.begin(), there.end(), [&](const Token& t) {
      return t.begin < after->begin + offset;
    });
    if (token == there.end()) return false;
    const std::size_t place = token->source_begin;
    const auto same = std::partition_point(labels_there.begin(), labels_there.end(),
                                           [&](const TextRange& l) { return l.end < place; });
    if (same != labels_there.end() && same->end == place) {
      if (trimmed(source.text.substr(same->begin, same->end - same->begin)) !=
          trimmed(quote.text.substr(label.begin, label.end - label.begin)))
        return false;
      continue;
    }
    const auto block = std::partition_point(content.blocks.begin(), content.blocks.end(),
                                            [&](const Block& b) { return b.range.end <= place; });
    if (block == content.blocks.end() || block->kind != BlockKind::list_item ||
        block->range.begin != place)
      return false;
  }
  return true;
}

}  // namespace loccit
