#include "verifier/source_words.h"

#include <algorithm>
#include <cctype>
#include <unordered_map>

#include "verifier/quote_parts.h"

namespace loccit {
namespace {

// Sorted, and those that touch or overlap made one.
std::vector<TextRange> tidy(std::vector<TextRange> ranges) {
  std::sort(ranges.begin(), ranges.end(),
            [](const TextRange& a, const TextRange& b) { return a.begin < b.begin; });
  std::vector<TextRange> merged;
  for (const TextRange& range : ranges) {
    if (range.begin >= range.end) continue;
    if (!merged.empty() && range.begin <= merged.back().end) {
      merged.back().end = std::max(merged.back().end, range.end);
    } else {
      merged.push_back(range);
    }
  }
  return merged;
}

// The name that a bracketed numeral is glued to, "" where none is.
std::string_view name_before(std::string_view text, std::size_t bracket) {
  std::size_t begin = bracket;
  const auto in_name = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
  };
  while (begin > 0 && in_name(text[begin - 1])) --begin;
  return text.substr(begin, bracket - begin);
}

// "argv[1]" and "argv[2]", anything in a listing, and "[0]" are indices: a note stands once after a
// word, and the first one is 1.
std::vector<TextRange> bracketed_notes(const TextContent& content) {
  const std::string_view text = content.text;
  std::vector<TextRange> found = find_note_marks(text);
  std::unordered_map<std::string_view, std::size_t> uses;
  for (const TextRange& mark : found) ++uses[name_before(text, mark.begin)];
  auto block = content.blocks.begin();
  std::vector<TextRange> notes;
  for (const TextRange& mark : found) {
    while (block != content.blocks.end() && block->range.end <= mark.begin) ++block;
    const bool in_listing = block != content.blocks.end() && block->range.begin <= mark.begin &&
                            block->kind == BlockKind::preformatted;
    const std::string_view name = name_before(text, mark.begin);
    const bool indexed = !name.empty() && uses[name] > 1;
    if (!in_listing && !indexed && text.substr(mark.begin, 3) != "[0]") notes.push_back(mark);
  }
  return notes;
}

std::vector<TextRange> note_marks_of(const TextContent& content) {
  std::vector<TextRange> marks = bracketed_notes(content);
  for (const Skip& skip : content.skips) {
    if (skip.kind == SkipKind::note_mark) marks.push_back(skip.range);
  }
  return tidy(std::move(marks));
}

// A short paragraph that is one link and nothing else leads away from the text: "Read more: …".
bool leads_away(const TextContent& content, const Block& block) {
  constexpr std::size_t short_paragraph = 160;
  if (block.kind != BlockKind::paragraph || block.range.end - block.range.begin > short_paragraph)
    return false;
  const auto after =
      std::partition_point(content.links.begin(), content.links.end(),
                           [&](const Link& link) { return link.range.begin <= block.range.begin; });
  if (after == content.links.begin()) return false;
  const TextRange link = std::prev(after)->range;
  return link.begin <= block.range.begin && link.end + 2 >= block.range.end;
}

std::vector<TextRange> furniture_of(const TextContent& content) {
  std::vector<TextRange> ranges;
  for (const Block& block : content.blocks) {
    switch (block.kind) {
      case BlockKind::caption:
      case BlockKind::heading:
      case BlockKind::navigation:
      case BlockKind::page_furniture:
        ranges.push_back(block.range);
        break;
      default:
        if (leads_away(content, block)) ranges.push_back(block.range);
    }
  }
  for (const Skip& skip : content.skips) {
    if (skip.kind == SkipKind::page_furniture) ranges.push_back(skip.range);
  }
  return tidy(std::move(ranges));
}

}  // namespace

SourceWords::SourceWords(const TextContent& content)
    : note_marks_(note_marks_of(content)),
      furniture_(furniture_of(content)),
      plain_(fold(content.text, note_marks_)) {}

const FoldedText& SourceWords::whole(const TextContent& content) const {
  if (note_marks_.empty()) return plain_;
  std::call_once(whole_made_, [&] { whole_ = fold(content.text); });
  return whole_;
}

const FoldedText& SourceWords::prose(const TextContent& content) const {
  if (furniture_.empty()) return plain_;
  std::call_once(prose_made_, [&] {
    std::vector<TextRange> excluded = note_marks_;
    excluded.insert(excluded.end(), furniture_.begin(), furniture_.end());
    prose_ = fold(content.text, tidy(std::move(excluded)));
  });
  return prose_;
}

const std::vector<bool>& SourceWords::skippable() const {
  std::call_once(skippable_made_, [&] {
    if (furniture_.empty()) return;
    skippable_.assign(plain_.tokens.size(), false);
    auto range = furniture_.begin();
    for (std::size_t i = 0; i < plain_.tokens.size() && range != furniture_.end(); ++i) {
      while (range != furniture_.end() && range->end <= plain_.tokens[i].source_begin) ++range;
      if (range != furniture_.end() && range->begin <= plain_.tokens[i].source_begin)
        skippable_[i] = true;
    }
  });
  return skippable_;
}

}  // namespace loccit
