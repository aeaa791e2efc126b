#include "verifier/source_words.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <string_view>
#include <unordered_map>

#include "verifier/list_labels.h"
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

// "Read more" at the end of each item of a list: the same short words at the ends of several
// blocks, each time linked to another page.
std::vector<TextRange> links_of_items(const TextContent& content) {
  constexpr std::size_t longest = 40, several = 3;
  struct Uses {
    std::vector<TextRange> places;
    std::set<std::string_view> pages;
  };
  std::unordered_map<std::string_view, Uses> uses;
  auto block = content.blocks.begin();
  for (const Link& link : content.links) {
    while (block != content.blocks.end() && block->range.end < link.range.end) ++block;
    if (block == content.blocks.end()) break;
    const bool ends_block = link.range.end == block->range.end &&
                            link.range.begin > block->range.begin &&
                            link.range.end - link.range.begin <= longest;
    if (!ends_block || link.range.begin >= link.range.end) continue;
    Uses& same = uses[std::string_view(content.text)
                          .substr(link.range.begin, link.range.end - link.range.begin)];
    same.places.push_back(link.range);
    same.pages.insert(link.url);
  }
  std::vector<TextRange> ranges;
  for (const auto& [words, same] : uses) {
    if (same.pages.size() >= several)
      ranges.insert(ranges.end(), same.places.begin(), same.places.end());
  }
  return ranges;
}

// A listing between two paragraphs: signs where prose has none. What else is preformatted (a poem,
// a letter) is text.
bool is_listing(const TextContent& content, const Block& block) {
  constexpr std::size_t letters_a_sign = 25;
  if (block.kind != BlockKind::preformatted) return false;
  const std::string_view text =
      std::string_view(content.text).substr(block.range.begin, block.range.end - block.range.begin);
  const auto signs = static_cast<std::size_t>(std::ranges::count_if(text, [](char c) {
    return std::string_view("{}[]=<>$;#|\\_/*&+@~^").find(c) != std::string_view::npos;
  }));
  return signs * letters_a_sign >= text.size();
}

std::vector<TextRange> furniture_of(const TextContent& content) {
  std::vector<TextRange> ranges = links_of_items(content);
  for (const Block& block : content.blocks) {
    switch (block.kind) {
      case BlockKind::caption:
      case BlockKind::heading:
      case BlockKind::navigation:
      case BlockKind::page_furniture:
        ranges.push_back(block.range);
        break;
      default:
        if (leads_away(content, block) || is_listing(content, block)) ranges.push_back(block.range);
    }
  }
  for (const Skip& skip : content.skips) {
    if (skip.kind == SkipKind::page_furniture) ranges.push_back(skip.range);
  }
  return tidy(std::move(ranges));
}

// What lies in a larger part of furniture: a caption in a sidebar.
std::vector<TextRange> inner_furniture_of(const TextContent& content) {
  std::vector<TextRange> inner;
  TextRange outer;
  for (const Skip& skip : content.skips) {
    if (skip.kind != SkipKind::page_furniture) continue;
    if (skip.range.begin >= outer.end) {
      outer = skip.range;
    } else if (skip.range.end - skip.range.begin < outer.end - outer.begin) {
      inner.push_back(skip.range);
    }
  }
  return tidy(std::move(inner));
}

// "[12]", "3": no letter in any.
bool are_numbers(const std::vector<TextRange>& marks, std::string_view text) {
  return std::all_of(marks.begin(), marks.end(), [&](const TextRange& mark) {
    const std::string_view inside = text.substr(mark.begin, mark.end - mark.begin);
    return std::all_of(inside.begin(), inside.end(), [](char c) {
      return std::string_view("0123456789[](),- ").find(c) != std::string_view::npos;
    });
  });
}

}  // namespace

SourceWords::SourceWords(const TextContent& content)
    : note_marks_(note_marks_of(content)),
      furniture_(furniture_of(content)),
      inner_furniture_(inner_furniture_of(content)),
      list_labels_(list_labels_of_source(content)),
      note_marks_are_numbers_(are_numbers(note_marks_, content.text)),
      plain_(fold(content.text, note_marks_)) {}

const FoldedText& SourceWords::whole(const TextContent& content) const {
  if (note_marks_.empty()) return plain_;
  std::call_once(whole_.made, [&] { whole_.text = fold(content.text); });
  return whole_.text;
}

const FoldedText& SourceWords::without(
    std::initializer_list<const std::vector<TextRange>*> left_out, Lazy& words,
    const TextContent& content) const {
  std::call_once(words.made, [&] {
    std::vector<TextRange> excluded;
    for (const std::vector<TextRange>* ranges : left_out)
      excluded.insert(excluded.end(), ranges->begin(), ranges->end());
    excluded = tidy(std::move(excluded));
    if (auto cut = leave_out(plain_, excluded)) {
      words.text = std::move(*cut);
      return;
    }
    excluded.insert(excluded.end(), note_marks_.begin(), note_marks_.end());
    words.text = fold(content.text, tidy(std::move(excluded)));
  });
  return words.text;
}

const FoldedText& SourceWords::prose(const TextContent& content) const {
  return furniture_.empty() ? plain_ : without({&furniture_}, prose_, content);
}

const FoldedText& SourceWords::sidebars(const TextContent& content) const {
  return inner_furniture_.empty() ? plain_ : without({&inner_furniture_}, sidebars_, content);
}

const FoldedText& SourceWords::unnumbered(const TextContent& content) const {
  return list_labels_.empty() ? prose(content)
                              : without({&furniture_, &list_labels_}, unnumbered_, content);
}

const std::vector<bool>& SourceWords::skippable() const {
  std::call_once(skippable_made_, [&] {
    if (furniture_.empty()) return;
    const std::vector<Token>& tokens = plain_.tokens;
    skippable_.assign(tokens.size(), false);
    auto range = furniture_.begin();
    for (std::size_t i = 0; i < tokens.size() && range != furniture_.end(); ++i) {
      while (range != furniture_.end() && range->end <= tokens[i].source_begin) ++range;
      if (range != furniture_.end() && range->begin <= tokens[i].source_begin) skippable_[i] = true;
    }
  });
  return skippable_;
}

}  // namespace loccit
