#include "documents/part_text.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace loccit {
namespace {

// Where offsets go when ranges are erased. Asked in any order; each answer costs a binary search.
class Shift {
 public:
  explicit Shift(const std::vector<TextRange>& erased) : erased_(erased) {
    std::size_t gone = 0;
    for (const auto& range : erased) gone_.push_back(gone += range.end - range.begin);
  }

  std::size_t operator()(std::size_t at) const {
    const auto next = std::ranges::lower_bound(erased_, at, {}, &TextRange::end);
    const auto index = static_cast<std::size_t>(next - erased_.begin());
    const auto before = index == 0 ? 0 : gone_[index - 1];
    const auto within = next != erased_.end() && next->begin < at ? at - next->begin : 0;
    return at - before - within;
  }

 private:
  const std::vector<TextRange>& erased_;
  std::vector<std::size_t> gone_;
};

// What may stand with a call in brackets and says nothing without it: "[, ]", "(see , p. 3)".
bool is_only_a_locator(std::string_view text) {
  constexpr std::size_t longest = 24;
  if (text.size() > longest) return false;
  std::string_view rest = text;
  while (!rest.empty()) {
    if (std::string_view(" ,;:.-0123456789").find(rest.front()) != std::string_view::npos) {
      rest.remove_prefix(1);
    } else if (rest.starts_with("\u2013") || rest.starts_with("\u2014")) {
      rest.remove_prefix(3);
    } else if (rest.starts_with("\u00A7")) {
      rest.remove_prefix(2);
    } else {
      std::size_t word = 0;
      while (word < rest.size() && std::isalpha(static_cast<unsigned char>(rest[word])) != 0)
        ++word;
      static constexpr std::string_view locators[] = {
          "p",   "pp", "S", "see", "See",   "cf",  "Cf",   "ch",  "chap", "vol", "sec",
          "fig", "n",  "f", "ff",  "siehe", "vgl", "voir", "and", "und",  "et"};
      if (word == 0 || std::ranges::find(locators, rest.substr(0, word)) == std::end(locators))
        return false;
      rest.remove_prefix(word);
    }
  }
  return true;
}

}  // namespace

void erase_text(Part& part, const std::vector<TextRange>& ranges) {
  if (ranges.empty()) return;
  std::string text;
  std::size_t at = 0;
  for (const auto& range : ranges) {
    text.append(part.text, at, range.begin - at);
    at = range.end;
  }
  text.append(part.text, at);
  part.text = std::move(text);
  const Shift shift(ranges);
  for (auto& call : part.calls) call.at = shift(call.at);
  for (auto& link : part.links)
    link = {shift(link.begin), shift(link.end), link.url, link.location};
  for (auto& quote : part.quotations) quote = {shift(quote.begin), shift(quote.end), quote.cite};
  for (auto* ranges_of : {&part.raised, &part.code}) {
    for (auto& range : *ranges_of) range = {shift(range.begin), shift(range.end)};
    std::erase_if(*ranges_of, [](const TextRange& range) { return range.begin == range.end; });
  }
  std::erase_if(part.links, [](const TextLink& link) { return link.begin == link.end; });
  std::erase_if(part.quotations,
                [](const InlineQuotation& quote) { return quote.begin == quote.end; });
}

Part split_text(Part& part, std::size_t end, std::size_t next) {
  Part first = part;
  std::erase_if(first.calls, [&](const NoteCall& call) { return call.at > end; });
  std::erase_if(part.calls, [&](const NoteCall& call) { return call.at <= end; });
  erase_text(first, {{end, first.text.size()}});
  erase_text(part, {{0, next}});
  return first;
}

void erase_empty_brackets(Part& part) {
  std::vector<TextRange> empty;
  for (const auto& call : part.calls) {
    if (!empty.empty() && call.at < empty.back().end) continue;
    const auto open = std::string_view(part.text).substr(0, call.at).find_last_of("[(");
    if (open == std::string_view::npos || call.at - open > 32) continue;
    const char closes = part.text[open] == '[' ? ']' : ')';
    const auto close = part.text.find(closes, call.at);
    if (close == std::string::npos || close - open > 64 ||
        (!empty.empty() && open < empty.back().end))
      continue;
    if (!is_only_a_locator(std::string_view(part.text).substr(open + 1, close - open - 1)))
      continue;
    const bool blank_before =
        open > 0 && part.text[open - 1] == ' ' && (empty.empty() || empty.back().end < open);
    empty.push_back({open - (blank_before ? 1U : 0U), close + 1});
  }
  erase_text(part, empty);
}

}  // namespace loccit
