#include "documents/plain_line_numbers.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>

#include "base/ascii.h"
#include "documents/note_label.h"

namespace loccit {
namespace {

constexpr std::size_t fewest_numbers = 8;  // on one page
constexpr std::size_t fewest_blanks = 2;   // before the line's words

struct MarginNumber {
  std::size_t line = 0;
  std::size_t end = 0;  // of its digits in the line
  int number = 0;
};

// Digits and nothing else, then blanks or the line's end.
std::optional<MarginNumber> margin_number(std::size_t line, std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return std::nullopt;
  std::size_t end = begin;
  while (end < text.size() && ascii::is_digit(text[end])) ++end;
  const auto number = number_of(text.substr(begin, end - begin));
  const std::size_t words = std::min(text.find_first_not_of(' ', end), text.size());
  if (!number || (words < text.size() && words - end < fewest_blanks)) return std::nullopt;
  return MarginNumber{line, end, *number};
}

// Nearly every line has one, and few end a sentence: the labels of notes stand before their first
// lines only, and notes end with a stop.
bool number_lines(const std::vector<MarginNumber>& numbers, const std::vector<SourceLine>& page) {
  std::size_t lines = 0, stops = 0;
  for (std::size_t i = numbers.front().line; i <= numbers.back().line; ++i)
    lines += ascii::trimmed(page[i].text).empty() ? 0U : 1U;
  for (const MarginNumber& number : numbers)
    stops += ascii::trimmed(page[number.line].text).ends_with('.') ? 1U : 0U;
  return numbers.size() * 5 >= lines * 4 && stops * 2 <= numbers.size();
}

}  // namespace

void drop_line_numbers(std::vector<SourceLine>& page) {
  std::vector<MarginNumber> run, longest;
  for (std::size_t i = 0; i < page.size(); ++i) {
    const auto found = margin_number(i, page[i].text);
    if (!found) continue;
    // Set flush right: "9" stands under the second digit of "10".
    const bool goes_on =
        !run.empty() && found->number == run.back().number + 1 && found->end == run.back().end;
    if (!goes_on) run.clear();
    run.push_back(*found);
    if (run.size() > longest.size()) longest = run;
  }
  if (longest.size() < fewest_numbers || !number_lines(longest, page)) return;
  for (const MarginNumber& number : longest) {
    SourceLine& line = page[number.line];
    line.text.remove_prefix(number.end);
    line.offset += number.end;
    line.first_column += static_cast<int>(number.end);
  }
}

}  // namespace loccit
