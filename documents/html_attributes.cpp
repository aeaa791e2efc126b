#include "documents/html_attributes.h"

#include <algorithm>
#include <cstddef>

namespace loccit {
namespace {

char folded(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool same(char a, char b) { return folded(a) == folded(b); }

}  // namespace

bool equals_folded(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, same);
}

bool starts_folded(std::string_view text, std::string_view start) {
  return text.size() >= start.size() && equals_folded(text.substr(0, start.size()), start);
}

bool contains_folded(std::string_view text, std::string_view part) {
  return std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end() ||
         part.empty();
}

bool has_word(std::string_view list, std::initializer_list<std::string_view> words) {
  constexpr std::string_view blanks = " \t\r\n\f";
  for (std::size_t at = list.find_first_not_of(blanks); at != std::string_view::npos;) {
    const auto end = std::min(list.find_first_of(blanks, at), list.size());
    const auto word = list.substr(at, end - at);
    if (std::ranges::any_of(words,
                            [&](std::string_view wanted) { return equals_folded(word, wanted); }))
      return true;
    at = list.find_first_not_of(blanks, end);
  }
  return false;
}

}  // namespace loccit
