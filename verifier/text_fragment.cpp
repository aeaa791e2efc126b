#include "verifier/text_fragment.h"

#include <algorithm>
#include <vector>

namespace loccit {
namespace {

// What a directive gives to the letter; a longer passage is named by its first and last words.
constexpr std::size_t longest_exact = 160;
constexpr std::size_t words_at_each_end = 5;

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

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t begin = text.find_first_not_of(" \n\t", at);
    if (begin == std::string_view::npos) break;
    at = std::min(text.find_first_of(" \n\t", begin), text.size());
    words.push_back(text.substr(begin, at - begin));
  }
  return words;
}

std::size_t occurrences(std::string_view text, std::string_view words) {
  std::size_t count = 0;
  for (std::size_t at = text.find(words); at != std::string_view::npos && count < 2;
       at = text.find(words, at + 1))
    ++count;
  return count;
}

std::string_view joined(const std::vector<std::string_view>& words, std::size_t first,
                        std::size_t count) {
  const char* begin = words[first].data();
  const std::string_view& last = words[first + count - 1];
  return {begin, static_cast<std::size_t>(last.data() + last.size() - begin)};
}

}  // namespace

std::string text_fragment_url(std::string_view url, const Passage& passage,
                              const TextContent& content) {
  const std::vector<std::string_view> words = words_of(passage.exact);
  if (words.empty()) return {};
  std::string directive;
  // A part of a directive may not cross a block of the page: a line break parts start and end.
  const bool one_block = passage.exact.find('\n') == std::string::npos;
  if (one_block && passage.exact.size() <= longest_exact) {
    directive = encoded(passage.exact);
  } else if (words.size() >= 2) {
    const auto in_line = [&](std::size_t first, std::size_t count) {
      return joined(words, first, count).find('\n') == std::string_view::npos;
    };
    std::size_t head = std::min(words_at_each_end, words.size() / 2);
    while (head > 1 && !in_line(0, head)) --head;
    std::size_t tail = std::min(words_at_each_end, words.size() - head);
    while (tail > 1 && !in_line(words.size() - tail, tail)) --tail;
    directive =
        encoded(joined(words, 0, head)) + "," + encoded(joined(words, words.size() - tail, tail));
  } else {
    directive = encoded(words.front());
  }
  if (occurrences(content.text, passage.exact) > 1) {
    const std::vector<std::string_view> before =
        words_of(std::string_view(passage.prefix)
                     .substr(std::min(passage.prefix.rfind('\n') + 1, passage.prefix.size())));
    if (before.size() > 1)
      directive =
          encoded(joined(before, before.size() - std::min<std::size_t>(3, before.size() - 1),
                         std::min<std::size_t>(3, before.size() - 1))) +
          "-," + directive;
  }
  const bool has_fragment = url.find('#') != std::string_view::npos;
  return std::string(url) + (has_fragment ? ":~:text=" : "#:~:text=") + directive;
}

}  // namespace loccit
