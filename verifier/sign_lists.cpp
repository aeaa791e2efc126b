#include "verifier/sign_lists.h"

#include <algorithm>
#include <array>
#include <map>

#include "verifier/lexicon_data.h"
#include "verifier/search.h"

namespace loccit {
namespace {

struct Phrase {
  std::string_view line;
  std::string letters;
};

// All sections folded at first use: pages come by the thousand, the lists stay.
const std::vector<Phrase>& phrases_of(std::string_view section) {
  static const std::map<std::string_view, std::vector<Phrase>> sections = [] {
    std::map<std::string_view, std::vector<Phrase>> made;
    for (const LexiconFile& file : sign_files()) {
      for_each_word(file.words, [&](std::string_view name, std::string_view line) {
        made[name].push_back({line, fold(line).letters});
      });
    }
    return made;
  }();
  static const std::vector<Phrase> none;
  const auto found = sections.find(section);
  return found == sections.end() ? none : found->second;
}

bool cover(const FoldedText& text, std::string_view section, std::vector<bool>& covered) {
  bool any = false;
  for (const Phrase& phrase : phrases_of(section)) {
    for (const TokenSpan& span : find_all(text, phrase.letters)) {
      any = true;
      for (std::size_t i = span.begin; i < span.end; ++i) covered[i] = true;
    }
  }
  return any;
}

constexpr std::array<std::string_view, 15> separators = {
    " - ", "|", "–", "—", "·", "•", "»", "«", "›", " :: ", " / ", "!", "?", ". ", "。"};

}  // namespace

std::string phrase_in(const FoldedText& text, std::string_view section) {
  for (const Phrase& phrase : phrases_of(section)) {
    if (find_first(text, phrase.letters)) return std::string(phrase.line);
  }
  return {};
}

std::string two_phrases_in(const FoldedText& text, std::string_view first,
                           std::string_view second) {
  const std::string one = phrase_in(text, first);
  const std::string other = one.empty() ? "" : phrase_in(text, second);
  return other.empty() ? "" : one + " \u2026 " + other;
}

std::string two_phrases_in_one_place(const TextContent& page, std::string_view first,
                                     std::string_view second) {
  std::string said = two_phrases_in(fold(page.title), first, second);
  for (const Block& block : page.blocks) {
    if (!said.empty()) break;
    said = two_phrases_in(fold(std::string_view(page.text).substr(
                              block.range.begin, block.range.end - block.range.begin)),
                          first, second);
  }
  return said;
}

bool is_phrase(std::string_view text, std::string_view section, std::string_view fillers) {
  const FoldedText folded = fold(text);
  std::vector<bool> covered(folded.tokens.size());
  if (!cover(folded, section, covered)) return false;
  cover(folded, fillers, covered);
  return std::all_of(covered.begin(), covered.end(), [](bool here) { return here; });
}

std::vector<std::string_view> title_parts(std::string_view title) {
  std::vector<std::string_view> parts;
  while (!title.empty()) {
    std::size_t end = title.size();
    std::size_t next = title.size();
    for (const std::string_view separator : separators) {
      const std::size_t at = title.find(separator);
      if (at >= end) continue;
      end = at;
      next = at + separator.size();
    }
    if (end > 0) parts.push_back(title.substr(0, end));
    title.remove_prefix(next);
  }
  return parts;
}

const std::vector<WallMark>& marks_of(std::string_view section) {
  static const std::map<std::string_view, std::vector<WallMark>> sections = [] {
    std::map<std::string_view, std::vector<WallMark>> made;
    constexpr std::string_view arrow = " => ";
    for (const LexiconFile& file : sign_files()) {
      for_each_word(file.words, [&](std::string_view name, std::string_view line) {
        const std::size_t at = line.find(arrow);
        if (at != std::string_view::npos)
          made[name].push_back({line.substr(0, at), line.substr(at + arrow.size())});
      });
    }
    return made;
  }();
  static const std::vector<WallMark> none;
  const auto found = sections.find(section);
  return found == sections.end() ? none : found->second;
}

std::string own_text(const TextContent& content) {
  std::string own;
  for (const Block& block : content.blocks) {
    if (block.kind == BlockKind::navigation || block.kind == BlockKind::page_furniture) continue;
    if (!own.empty()) own += '\n';
    own.append(content.text, block.range.begin, block.range.end - block.range.begin);
  }
  return own;
}

std::size_t letters_in(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

}  // namespace loccit
