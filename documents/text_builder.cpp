#include "documents/text_builder.h"

#include <algorithm>
#include <array>

#include "documents/code_points.h"

namespace loccit {
namespace {

constexpr std::array<bool, 256> blanks = [] {
  std::array<bool, 256> table{};
  for (const char c : {' ', '\t', '\n', '\f', '\r'}) table[static_cast<unsigned char>(c)] = true;
  return table;
}();

bool is_blank(char c) { return blanks[static_cast<unsigned char>(c)]; }

}  // namespace

void TextBuilder::begin_words(bool blank_before) {
  std::string& text = content_.text;
  if (in_block_) {
    if (blank_before) text.push_back(' ');
    return;
  }
  if (!text.empty()) text.push_back('\n');
  block_begin_ = text.size();
  block_kind_ = kind_;
  in_block_ = true;
}

void TextBuilder::words(std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    if (is_blank(*at)) {
      blank_pending_ = true;
      ++at;
      continue;
    }
    // Copied in stretches: a lone blank between two words is as it should be.
    const char* stop = at;
    while (stop < end &&
           (!is_blank(*stop) || (*stop == ' ' && stop + 1 < end && !is_blank(stop[1]))))
      ++stop;
    if (content_.text.size() + static_cast<std::size_t>(stop - at) > max_output_) {
      content_.truncated = true;
      return;
    }
    begin_words(blank_pending_);
    blank_pending_ = false;
    content_.text.append(at, static_cast<std::size_t>(stop - at));
    at = stop;
  }
}

void TextBuilder::preformatted(std::string_view text) {
  if (content_.text.size() + text.size() > max_output_) {
    content_.truncated = true;
    return;
  }
  if (!in_block_) {
    // Leading line breaks part blocks already; leading blanks are indentation.
    text.remove_prefix(std::min(text.find_first_not_of("\r\n"), text.size()));
    if (text.empty()) return;
  }
  begin_words(blank_pending_);
  blank_pending_ = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t stop = std::min(text.find('\r', at), text.size());
    content_.text.append(text, at, stop - at);
    at = stop;
    if (at == text.size()) break;
    content_.text.push_back('\n');
    at += text.substr(at, 2) == "\r\n" ? 2U : 1U;
  }
}

void TextBuilder::end_block() {
  blank_pending_ = false;
  if (!in_block_) return;
  in_block_ = false;
  std::string& text = content_.text;
  std::size_t end = text.size();
  while (end > block_begin_ && is_blank(text[end - 1])) --end;
  text.resize(end);
  if (end > block_begin_) {
    content_.blocks.push_back({block_kind_, {block_begin_, end}});
  } else if (!text.empty()) {
    text.pop_back();  // the separator before a block that turned out to hold blanks only
  }
}

void TextBuilder::finish() {
  end_block();
  const std::size_t size = content_.text.size();
  for (Skip& skip : content_.skips) skip.range.end = std::min(skip.range.end, size);
  for (Link& link : content_.links) {
    link.range.end = std::min(link.range.end, size);
    link.range.begin = std::min(link.range.begin, link.range.end);
  }
  const auto is_empty = [](const Skip& skip) { return skip.range.begin >= skip.range.end; };
  content_.skips.erase(std::remove_if(content_.skips.begin(), content_.skips.end(), is_empty),
                       content_.skips.end());
  std::stable_sort(content_.skips.begin(), content_.skips.end(),
                   [](const Skip& a, const Skip& b) { return a.range.begin < b.range.begin; });
}

TextRange TextBuilder::range_from(std::size_t begin) const {
  const std::string& text = content_.text;
  std::size_t end = text.size();
  while (begin < end && is_blank(text[begin])) ++begin;
  while (end > begin && is_blank(text[end - 1])) --end;
  return {std::min(begin, end), end};
}

void TextBuilder::raise_digits(std::size_t begin) {
  if (in_block_ && begin >= block_begin_) loccit::raise_digits(content_.text, begin);
}

std::size_t TextBuilder::open_skip(SkipKind kind) {
  content_.skips.push_back({kind, {position(), position()}});
  return content_.skips.size() - 1;
}

void TextBuilder::close_skip(std::size_t skip, std::size_t max_size) {
  TextRange& range = content_.skips[skip].range;
  range = range_from(range.begin);
  if (range.end - range.begin > max_size) drop_skip(skip);
}

void TextBuilder::drop_skip(std::size_t skip) { content_.skips[skip].range = {}; }

void TextBuilder::add_skip(SkipKind kind, TextRange range) {
  content_.skips.push_back({kind, range});
}

}  // namespace loccit
