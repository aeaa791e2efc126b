#include "verifier/text_fragment.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"

namespace loccit {
namespace {

// What a directive gives to the letter; a longer passage is named by its first and last words.
constexpr std::size_t longest_exact = 160;
constexpr std::size_t words_at_each_end = 5, most_words_at_an_end = 16;
constexpr std::size_t most_context_words = 6;

std::string encoded(std::string_view words) {
  static constexpr char hex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : words) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                       (byte >= '0' && byte <= '9') || byte == '.' || byte == '_' || byte == '~';
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += hex[byte >> 4U];
      out += hex[byte & 15U];
    }
  }
  return out;
}

std::vector<TextRange> words_of(std::string_view text, TextRange range) {
  std::vector<TextRange> words;
  std::size_t at = range.begin;
  while (at < range.end) {
    const std::size_t begin = text.find_first_not_of(" \n\t", at);
    if (begin >= range.end) break;
    at = std::min({text.find_first_of(" \n\t", begin), range.end, text.size()});
    words.push_back({begin, at});
  }
  return words;
}

std::string_view slice(std::string_view text, TextRange range) {
  return text.substr(range.begin, range.end - range.begin);
}

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t'; }

// A browser takes "l'eau", "re-election" and, by Unicode's word boundaries, "eau\u202F»" for one
// word each and finds no part of it: where a passage begins or ends inside of one, the rest comes
// along.
TextRange whole_words(std::string_view text, TextRange range) {
  constexpr std::array<std::string_view, 5> joints = {"'", "-", "_", "\u2019", "\u202F"};
  const auto joint_before = [&](std::size_t at) {
    const std::string_view before = text.substr(0, at);
    return std::any_of(joints.begin(), joints.end(),
                       [&](std::string_view joint) { return before.ends_with(joint); });
  };
  const auto joint_after = [&](std::size_t at) {
    const std::string_view after = text.substr(at);
    return std::any_of(joints.begin(), joints.end(),
                       [&](std::string_view joint) { return after.starts_with(joint); });
  };
  std::size_t begin = range.begin, end = range.end;
  if (joint_before(begin)) {
    while (begin > 0 && !is_blank(text[begin - 1])) --begin;
  }
  if (joint_after(end)) {
    while (end < text.size() && !is_blank(text[end])) ++end;
  }
  return {begin, end};
}

// A part of a directive may not cross a block of the page.
bool in_one_block(std::string_view text, TextRange range) {
  return slice(text, range).find('\n') == std::string_view::npos;
}

class Directive {
 public:
  Directive(std::string_view text, TextRange passage)
      : text_(text), passage_(passage), words_(words_of(text, passage)) {}

  std::string make() {
    if (words_.empty()) return {};
    if (in_one_block(text_, passage_) &&
        (passage_.end - passage_.begin <= longest_exact || words_.size() < 2)) {
      start_ = passage_;
      return context_before() + encoded(slice(text_, start_));
    }
    choose_start();
    choose_end();
    return context_before() + encoded(slice(text_, start_)) + "," + encoded(slice(text_, end_));
  }

 private:
  TextRange first_words(std::size_t count) const {
    return {words_.front().begin, words_[count - 1].end};
  }
  TextRange last_words(std::size_t count) const {
    return {words_[words_.size() - count].begin, words_.back().end};
  }
  bool is_first_place_of(TextRange range, std::size_t from) const {
    return text_.find(slice(text_, range), from) == range.begin;
  }

  // As few first words as tell the place from all places before it, but five where they can be had.
  void choose_start() {
    std::size_t count = std::min(words_at_each_end, words_.size() / 2);
    while (count > 1 && !in_one_block(text_, first_words(count))) --count;
    const std::size_t most = std::min(most_words_at_an_end, words_.size() - 1);
    while (count < most && in_one_block(text_, first_words(count + 1)) &&
           !is_first_place_of(first_words(count), 0))
      ++count;
    start_ = first_words(count);
    start_count_ = count;
  }

  void choose_end() {
    const std::size_t left = words_.size() - start_count_;
    std::size_t count = std::min(words_at_each_end, left);
    while (count > 1 && !in_one_block(text_, last_words(count))) --count;
    while (count < std::min(left, most_words_at_an_end) &&
           in_one_block(text_, last_words(count + 1)) &&
           !is_first_place_of(last_words(count), start_.end))
      ++count;
    end_ = last_words(count);
  }

  // "…-,": words before the passage in its own block, where it says elsewhere what it says here.
  std::string context_before() const {
    if (is_first_place_of(start_, 0)) return {};
    const std::size_t line = text_.rfind('\n', start_.begin == 0 ? 0 : start_.begin - 1);
    const std::vector<TextRange> before =
        words_of(text_, {line == std::string_view::npos ? 0 : line, start_.begin});
    TextRange context;
    for (std::size_t count = 1; count <= std::min(before.size(), most_context_words); ++count) {
      context = {before[before.size() - count].begin, before.back().end};
      if (is_first_place_of({context.begin, start_.end}, 0)) break;
    }
    return context.end == 0 ? std::string() : encoded(slice(text_, context)) + "-,";
  }

  std::string_view text_;
  TextRange passage_;
  std::vector<TextRange> words_;
  TextRange start_, end_;
  std::size_t start_count_ = 0;
};

}  // namespace

std::string text_fragment_url(std::string_view url, const Passage& passage,
                              const TextContent& content) {
  const std::string_view text = content.text;
  const TextRange range{byte_offset(text, passage.source_start),
                        byte_offset(text, passage.source_end)};
  if (range.begin >= range.end) return {};
  const std::string directive = Directive(text, whole_words(text, range)).make();
  if (directive.empty()) return {};
  const bool has_fragment = url.find('#') != std::string_view::npos;
  return std::string(url) + (has_fragment ? ":~:text=" : "#:~:text=") + directive;
}

}  // namespace loccit
