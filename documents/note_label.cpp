#include "documents/note_label.h"

#include <algorithm>
#include <charconv>

#include "documents/code_points.h"

namespace loccit {
namespace {

constexpr std::size_t longest_label = 32;

std::size_t skip_blanks(std::string_view line, std::size_t at) {
  while (at < line.size()) {
    const std::size_t here = at;
    if (!is_blank(next_code_point(line, at))) return here;
  }
  return at;
}

// [1], [RFC2119], [Kar15b], [KMN+02], [^3]: no blank inside, but a reading like "[t]he" or "[Page
// 3]" is none.
std::optional<NoteLabel> bracketed(std::string_view line) {
  if (!line.starts_with('[')) return std::nullopt;
  const std::size_t close = line.find(']');
  if (close == std::string_view::npos || close < 2 || close > longest_label) return std::nullopt;
  std::string_view label = line.substr(1, close - 1);
  if (label.starts_with('^')) label.remove_prefix(1);
  if (label.empty() || label.find_first_of(" \t[(\"") != std::string_view::npos)
    return std::nullopt;
  std::size_t end = close + 1;
  if (end < line.size() && line[end] == ':') ++end;
  if (end < line.size() && is_letter(code_point_at(line, end))) return std::nullopt;
  return NoteLabel{std::string(label), LabelForm::bracketed, skip_blanks(line, end)};
}

std::optional<NoteLabel> raised(std::string_view line) {
  std::string label;
  std::size_t end = 0;
  while (end < line.size()) {
    std::size_t next = end;
    const auto digit = raised_digit(next_code_point(line, next));
    if (!digit) break;
    label += *digit;
    end = next;
  }
  if (label.empty() || label.size() > 5) return std::nullopt;
  return NoteLabel{label, LabelForm::raised, skip_blanks(line, end)};
}

std::optional<NoteLabel> symbol(std::string_view line) {
  std::size_t end = 0;
  while (end < line.size() && end < 12) {
    std::size_t next = end;
    const char32_t c = next_code_point(line, next);
    if (c != U'*' && c != U'†' && c != U'‡' && c != U'§') break;
    end = next;
  }
  if (end == 0) return std::nullopt;
  // "§ 12" begins a reference to a law, and a row of stars parts two sections.
  if (line.starts_with("§") || skip_blanks(line, end) == line.size()) return std::nullopt;
  return NoteLabel{std::string(line.substr(0, end)), LabelForm::symbol, skip_blanks(line, end)};
}

std::optional<NoteLabel> numbered(std::string_view line) {
  const bool parenthesis = line.starts_with('(');
  const std::size_t begin = parenthesis ? 1 : 0;
  std::size_t end = begin;
  while (end < line.size() && is_digit(static_cast<unsigned char>(line[end]))) ++end;
  if (end == begin || end - begin > 5 || line[begin] == '0') return std::nullopt;
  NoteLabel label{std::string(line.substr(begin, end - begin))};
  if (parenthesis) {
    if (end >= line.size() || line[end] != ')') return std::nullopt;
    label.form = LabelForm::parenthesized;
    ++end;
  } else if (end + 1 < line.size() && line[end] == '/' && is_blank(code_point_at(line, end + 1))) {
    label.form = LabelForm::slashed;  // as the United Nations had it for fifty years
    ++end;
  } else if (end < line.size() && (line[end] == '.' || line[end] == ')')) {
    label.stopped = true;
    ++end;
  }
  label.end = skip_blanks(line, end);
  if (label.end == end && end < line.size()) {
    // Glued to its text ("1See …"): only a capital, a quotation mark or a URL can follow.
    if (label.stopped || !may_be_glued_to(line.substr(end))) return std::nullopt;
  }
  return label;
}

}  // namespace

std::optional<NoteLabel> note_label_at_start(std::string_view line) {
  if (auto label = bracketed(line)) return label;
  if (auto label = raised(line)) return label;
  if (auto label = symbol(line)) return label;
  return numbered(line);
}

bool may_be_glued_to(std::string_view text) {
  const char32_t next = code_point_at(text, 0);
  if (is_upper(next) || next == U'“' || next == U'„' || next == U'«' || text.starts_with("http"))
    return true;
  static constexpr std::u32string_view counting =
      U"年月日時时分秒号號條条章節节段頁页項项個个次届屆世億亿万萬千百十回件名人歳년월일조항호장절"
      U"쪽번";
  return is_caseless(next) && counting.find(next) == std::u32string_view::npos;
}

std::optional<int> number_of(std::string_view label) {
  int number = 0;
  const auto [end, error] = std::from_chars(label.data(), label.data() + label.size(), number);
  if (error != std::errc{} || end != label.data() + label.size() || number < 1 || number > 99999)
    return std::nullopt;
  return number;
}

std::optional<char> raised_digit(char32_t c) {
  if (c == U'\u00B9') return '1';
  if (c == U'\u00B2') return '2';
  if (c == U'\u00B3') return '3';
  if (c == U'\u2070' || (c >= U'\u2074' && c <= U'\u2079'))
    return static_cast<char>('0' + (c - U'\u2070'));
  return std::nullopt;
}

}  // namespace loccit
