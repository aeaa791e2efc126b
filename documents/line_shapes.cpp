#include "documents/line_shapes.h"

#include "base/ascii.h"
#include "documents/code_points.h"
#include "documents/note_label.h"

namespace loccit {

std::string_view without_mark(std::string_view text) {
  const std::size_t whole = text.size();
  const bool slashed = text.size() > 1 && text.ends_with('/') &&
                       is_digit(static_cast<unsigned char>(text[text.size() - 2]));
  if (slashed) text.remove_suffix(1);
  while (!text.empty() && is_digit(static_cast<unsigned char>(text.back()))) text.remove_suffix(1);
  if (text.size() < whole) return trimmed(text);
  if (text.ends_with(']')) {
    const std::size_t open = text.rfind('[');
    if (open != std::string_view::npos && text.size() - open < 12)
      return trimmed(text.substr(0, open));
  }
  while (!text.empty() &&
         (text.back() == '*' || raised_digit(code_point_before(text, text.size())))) {
    text.remove_suffix(text.size() - start_of_code_point_before(text, text.size()));
  }
  return trimmed(text);
}

std::string_view without_way_back(std::string_view line) {
  std::string_view text = trimmed(line);
  if (text.ends_with("\uFE0E")) text.remove_suffix(3);
  for (const std::string_view arrow : {"\u21A9", "\u2191", "\u21B5"}) {
    if (text.ends_with(arrow)) return trimmed(text.substr(0, text.size() - arrow.size()));
  }
  return line;
}

bool ends_a_sentence(std::string_view text) {
  text = without_mark(text);
  static constexpr std::u32string_view closers = U"”’\"'»)]“›";
  while (!text.empty() &&
         closers.find(code_point_before(text, text.size())) != std::u32string_view::npos) {
    text.remove_suffix(text.size() - start_of_code_point_before(text, text.size()));
  }
  static constexpr std::u32string_view stops = U".!?:;…。！？：";
  return !text.empty() &&
         stops.find(code_point_before(text, text.size())) != std::u32string_view::npos;
}

std::optional<Enumerator> enumerator_at_start(std::string_view text) {
  const char32_t first = code_point_at(text, 0);
  // Those of symbol fonts come as they are coded there.
  static constexpr std::u32string_view bullets = U"•▪◦‣●○■□▫·⁃➢✓\uF0B7\uF0A7\uF0D8\uF076";
  if (bullets.find(first) != std::u32string_view::npos || text.starts_with("- ") ||
      text.starts_with("* "))
    return Enumerator{0, true};
  const bool parenthesis = text.starts_with('(');
  const std::size_t begin = parenthesis ? 1 : 0;
  std::size_t end = begin;
  while (end < text.size() && is_digit(static_cast<unsigned char>(text[end]))) ++end;
  int number = 0;
  if (end > begin && end - begin <= 3)
    number = number_of(text.substr(begin, end - begin)).value_or(0);
  else if (end == begin && end < text.size() && text[end] >= 'a' && text[end] <= 'z')
    number = text[end++] - 'a' + 1;
  if (number == 0 || end + 1 >= text.size()) return std::nullopt;
  const bool closed = text[end] == ')' || (!parenthesis && text[end] == '.');
  if (!closed || text[end + 1] != ' ') return std::nullopt;
  return Enumerator{number, false};
}

bool is_lone_numeral(std::string_view text) {
  if (text.ends_with('.')) text.remove_suffix(1);
  if (text.size() == 1) return text[0] >= 'A' && text[0] <= 'Z';
  return !text.empty() && text.size() <= 6 &&
         text.find_first_not_of("IVXLC") == std::string_view::npos;
}

std::size_t end_of_heading_number(std::string_view line) {
  const std::size_t end = std::min(line.find("  "), line.size());
  const std::size_t words = std::min(line.find_first_not_of(' ', end), line.size());
  const bool is_number =
      end > 0 && end <= 6 &&
      line.substr(0, end).find_first_not_of("0123456789.IVX") == std::string_view::npos;
  return is_number && starts_with_upper(line.substr(words, 8)) ? words : 0;
}

std::string without_counts(std::string_view line) {
  std::string shape;
  bool in_address = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const std::string_view rest = line.substr(at);
    if (rest.starts_with("://") || rest.starts_with("www.")) in_address = true;
    if (line[at] == ' ') in_address = false;
    if (in_address || !ascii::is_digit(line[at])) {
      shape += line[at];
    } else if (!shape.ends_with('#')) {
      shape += '#';
    }
  }
  return shape;
}

bool is_artwork(const PrintedLine& line) {
  if (line.text.find(".....") != std::string::npos ||
      line.text.find(". . . .") != std::string::npos)
    return true;
  std::size_t letters = 0, signs = 0;
  bool wide_blank = false;
  for (std::size_t at = end_of_heading_number(line.text); at < line.text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(line.text, at);
    if (is_letter(c))
      ++letters;
    else if (!is_blank(c))
      ++signs;
    if (is_blank(c) && begin > 2 && line.text.compare(begin, 3, "   ") == 0 &&
        !line.text.substr(0, begin).ends_with('.'))
      wide_blank = true;
  }
  return wide_blank || letters < signs;
}

}  // namespace loccit
