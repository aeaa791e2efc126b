#include "verifier/list_labels.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"

namespace loccit {
namespace {

using ascii::is_digit;

constexpr std::size_t most_digits = 3;
constexpr std::array<std::string_view, 12> romans = {"i",   "ii",   "iii", "iv", "v",  "vi",
                                                     "vii", "viii", "ix",  "x",  "xi", "xii"};

// What numbers an item, and whether brackets stand around it.
struct Label {
  std::string_view name;
  bool bracketed = false;
  std::size_t length = 0;  // with the blanks after it
};

// The label that begins a text: "1.", "b)", "(iii)".
std::optional<Label> label_of(std::string_view text) {
  Label label;
  label.bracketed = text.starts_with('(');
  const std::size_t begin = label.bracketed ? 1 : 0;
  std::size_t end = begin;
  while (end < text.size() && is_digit(text[end])) ++end;
  if (end > begin + most_digits) return std::nullopt;
  if (end == begin) {
    while (end < text.size() && ascii::is_lower(text[end])) ++end;
    const std::string_view letters = text.substr(begin, end - begin);
    const bool is_roman = std::ranges::find(romans, letters) != romans.end();
    if (letters.size() != 1 && !(label.bracketed && is_roman)) return std::nullopt;
  }
  if (end == begin || end >= text.size()) return std::nullopt;
  if (text[end] != ')' && (label.bracketed || text[end] != '.')) return std::nullopt;
  label.name = text.substr(begin, end - begin);
  const std::size_t mark = ++end;
  while (end < text.size() && text[end] == ' ') ++end;
  if (end == mark || end == text.size()) return std::nullopt;
  label.length = end;
  return label;
}

// "2" after "1", "c" after "b", and "ii" or "j" after "i".
std::vector<std::string> next_names(std::string_view name) {
  if (is_digit(name.front())) return {std::to_string(std::stoi(std::string(name)) + 1)};
  std::vector<std::string> names;
  if (name.size() == 1) names.push_back(std::string(1, static_cast<char>(name.front() + 1)));
  const auto roman = std::ranges::find(romans, name);
  if (roman != romans.end() && roman + 1 != romans.end()) names.emplace_back(*(roman + 1));
  return names;
}

bool ends_sentence(std::string_view text) {
  return std::string_view(".;:!?)\"").find(text.back()) != std::string_view::npos ||
         text.ends_with("\u201D") || text.ends_with("\u00BB");
}

// Where the label after this one stands; npos for nowhere. Brackets say that it is one, elsewhere
// the end of a sentence does.
std::size_t find_next(std::string_view text, std::size_t from, const Label& label, char mark) {
  std::size_t first = std::string_view::npos;
  for (const std::string& name : next_names(label.name)) {
    const std::string next = label.bracketed ? " (" + name + ") " : " " + name + mark + " ";
    std::size_t place = text.find(next, from);
    while (!label.bracketed && place != std::string_view::npos &&
           !ends_sentence(text.substr(0, place)))
      place = text.find(next, place + 1);
    first = std::min(first, place);
  }
  return first;
}

// Those of one line, which counts on only from `begin`.
void add_labels(std::string_view text, std::size_t begin, std::size_t end,
                std::vector<TextRange>& labels) {
  text = text.substr(0, end);
  for (std::size_t at = begin; at < text.size();) {
    const std::optional<Label> label = label_of(text.substr(at));
    if (!label) return;
    labels.push_back({at, at + label->length});
    const char mark = text[at + label->name.size()];
    const std::size_t place = find_next(text, at + label->length - 1, *label, mark);
    if (place == std::string_view::npos) return;
    at = place + 1;
  }
}

// Where a list begins in the midst of a line: "shall: (a)", "shall— (i)".
std::size_t inner_list(std::string_view line) {
  std::size_t first = std::string_view::npos;
  for (const std::string_view label : {" (a) ", " (i) ", " (1) "}) {
    const std::size_t place = line.find(label);
    if (place == std::string_view::npos || place == 0) continue;
    const std::string_view before = line.substr(0, place);
    const bool is_announced = before.ends_with(':') || before.ends_with('-') ||
                              before.ends_with("\u2013") || before.ends_with("\u2014");
    if (is_announced) first = std::min(first, place + 1);
  }
  return first;
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
    const std::size_t before = labels.size();
    add_labels(quote, at, end, labels);
    const std::size_t inner = inner_list(quote.substr(at, end - at));
    if (labels.size() == before && inner != std::string_view::npos)
      add_labels(quote, at + inner, end, labels);
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
