// What stands between the lines of a PDF's text and is no part of it: footnotes, captions of what
// floats, headings. A quote may step over them, as it does over their likes on a web page.
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <string>

#include "base/ascii.h"
#include "base/text.h"
#include "documents/code_points.h"
#include "documents/html_signs.h"
#include "documents/pdf_furniture.h"

namespace loccit {
namespace {

constexpr double small_print = 0.93;  // of the height of the body's lines
constexpr double large_print = 1.12;
constexpr double wide_print = 1.2;  // of the width of the body's letters: fonts differ in the
                                    // height that they claim
constexpr std::size_t most_lines_of_page = 2000;  // every line is held against every other
constexpr std::size_t most_lines_of_heading = 3;
constexpr std::size_t longest_heading = 160;  // bytes
constexpr std::size_t most_lines_of_caption = 8;
constexpr std::size_t fewest_letters = 6;  // whose width says something

double height_of(const PdfLine& line) {
  double height = 0;
  for (const PdfWord& word : line.words) height = std::max(height, word.box.height());
  return height;
}

struct Type {
  double height = 0, letter_width = 0;
};

// The type of most letters.
class TypeCount {
 public:
  void add(const PdfLine& line) {
    for (const PdfWord& word : line.words) {
      const std::size_t letters = count_code_points(word.text);
      heights_[std::lround(word.box.height() * 10)] += letters;
      letters_ += letters;
      width_ += word.box.right - word.box.left;
    }
  }
  Type most() const {
    const auto height =
        std::ranges::max_element(heights_, {}, [](const auto& each) { return each.second; });
    if (height == heights_.end() || letters_ == 0) return {};
    return {static_cast<double>(height->first) / 10, width_ / static_cast<double>(letters_)};
  }
  std::size_t letters() const { return letters_; }

 private:
  std::map<long, std::size_t> heights_;  // by tenths of a point
  std::size_t letters_ = 0;
  double width_ = 0;
};

bool share_a_column(const PdfBox& a, const PdfBox& b) {
  return std::min(a.right, b.right) > std::max(a.left, b.left);
}

// "3", "†", "[3]", "3."
bool is_label(std::string_view word) {
  return mark_form(word.ends_with('.') ? word.substr(0, word.size() - 1) : word) != MarkForm::none;
}

// A note's mark and the words beside it, which may be a line of their own.
PdfBox row_of(const PdfPage& page, std::size_t mark, const std::vector<std::size_t>& lines) {
  constexpr double farthest = 3;  // heights
  PdfBox row = page.lines[mark].box;
  for (const std::size_t i : lines) {
    const PdfBox& box = page.lines[i].box;
    const double middle = (box.top + box.bottom) / 2;
    const bool in_row =
        middle > row.top - box.height() / 2 && middle < row.bottom + box.height() / 2;
    if (!in_row || box.left < row.right - 1 || box.left - row.right > farthest * box.height())
      continue;
    row.top = std::min(row.top, box.top);
    row.right = std::max(row.right, box.right);
  }
  return row;
}

// Small print at the foot of the page or of a column, from a line on that begins with a note's
// mark.
void mark_footnotes(const PdfPage& page, const Type& body, std::vector<bool>& beside) {
  if (page.lines.size() > most_lines_of_page) return;
  std::vector<std::size_t> order(page.lines.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return -page.lines[i].box.top; });
  std::vector<PdfBox> above;  // lines of the body from below: nothing over them is at the foot
  std::vector<std::size_t> small;
  for (const std::size_t i : order) {
    const PdfLine& line = page.lines[i];
    if (beside[i]) continue;
    const bool under_body = std::ranges::any_of(
        above, [&](const PdfBox& box) { return share_a_column(box, line.box); });
    if (under_body) continue;
    if (height_of(line) > body.height * small_print) {
      above.push_back(line.box);
    } else {
      small.push_back(i);
    }
  }
  for (const std::size_t i : small) {
    const auto& words = page.lines[i].words;
    if (words.empty() || !is_label(words.front().text)) continue;
    const PdfBox note = row_of(page, i, small);
    for (const std::size_t below : small) {
      if (page.lines[below].box.top >= note.top - 1 && share_a_column(page.lines[below].box, note))
        beside[below] = true;
    }
  }
}

// The lines of one block.
struct Piece {
  std::size_t first = 0, end = 0;
  std::string text;
  TypeCount type;
};

bool ends_sentence(std::string_view text) {
  constexpr std::array<std::string_view, 12> stops = {".",      "!",  "?",  ":",  ";", ",",
                                                      "\u2026", "。", "？", "！", "؟", "।"};
  return std::ranges::any_of(stops, [&](std::string_view stop) { return text.ends_with(stop); });
}

// "2", "2.1", "IV.", "§ 3", "(a)": how headings are numbered, and then a capital.
bool begins_with_number_and_capital(std::string_view text) {
  const std::size_t blank = text.find(' ', text.starts_with("§ ") ? 3 : 0);
  if (blank == std::string_view::npos || blank == 0 || blank > 10) return false;
  const std::string_view label = text.substr(0, blank);
  if (label.find_first_not_of("0123456789.IVXLABC§()") != std::string_view::npos) return false;
  const bool has_digit = label.find_first_of("0123456789IVX") != std::string_view::npos;
  return has_digit && is_upper(code_point_at(text, blank + 1));
}

bool is_heading(const Piece& piece, const Type& body) {
  if (piece.end - piece.first > most_lines_of_heading || piece.text.size() > longest_heading ||
      piece.type.letters() < fewest_letters || ends_sentence(piece.text))
    return false;
  const Type type = piece.type.most();
  return type.height > body.height * large_print ||
         (type.letter_width > body.letter_width * wide_print &&
          begins_with_number_and_capital(piece.text));
}

// "Figure 3:", "Abb. 2.", "表 1": a word that names what floats, and its number.
bool is_caption(const Piece& piece) {
  constexpr std::array<std::string_view, 40> names = {
      "figure",    "fig",        "table",   "tab",     "chart",  "listing", "plate",   "photo",
      "abbildung", "abb",        "tabelle", "tableau", "figura", "tabla",   "tabella", "quadro",
      "tabela",    "afbeelding", "figuur",  "tabel",   "figur",  "tabell",  "kuva",    "taulukko",
      "obrázek",   "obr",        "tabulka", "rysunek", "rys",    "şekil",   "tablo",   "рисунок",
      "рис",       "таблица",    "табл",    "таблиця", "図",     "表",      "图",      "圖"};
  if (piece.end - piece.first > most_lines_of_caption) return false;
  const std::string lower = lower_case(std::string_view(piece.text).substr(0, 40));
  for (const std::string_view name : names) {
    if (!lower.starts_with(name)) continue;
    std::size_t at = name.size();
    if (at < lower.size() && lower[at] == '.') ++at;
    while (at < lower.size() && lower[at] == ' ') ++at;
    const std::size_t digits = at;
    while (at < lower.size() &&
           (ascii::is_digit(lower[at]) || lower[at] == '-' ||
            (lower[at] == '.' && at + 1 < lower.size() && ascii::is_digit(lower[at + 1]))))
      ++at;
    if (at == digits) continue;
    // "Figure 3 shows" begins a sentence.
    const std::string_view rest = std::string_view(lower).substr(at);
    return rest.empty() || rest.starts_with(":") || rest.starts_with(".") ||
           rest.starts_with("：") || rest.starts_with(" –") || rest.starts_with(" —") ||
           (rest.starts_with(" ") && name.size() <= 3 &&
            static_cast<unsigned char>(name[0]) > 0x7F);
  }
  return false;
}

std::vector<Piece> pieces_of(const PdfPage& page, const std::vector<bool>& beside) {
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    const PdfLine& line = page.lines[i];
    if (beside[i]) continue;
    const bool goes_on =
        !pieces.empty() && pieces.back().end == i && page.lines[i - 1].block == line.block;
    if (!goes_on) pieces.push_back({i, i, {}, {}});
    Piece& piece = pieces.back();
    piece.end = i + 1;
    piece.type.add(line);
    if (piece.text.size() > longest_heading) continue;
    for (const PdfWord& word : line.words)
      piece.text += (piece.text.empty() ? "" : " ") + word.text;
  }
  return pieces;
}

// A heading's number stands far from its words, a piece by itself in the same row.
void take_label_in(const PdfPage& page, std::vector<Piece>& pieces) {
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    Piece& label = pieces[i - 1];
    const PdfBox& left = page.lines[label.first].box;
    const PdfBox& right = page.lines[pieces[i].first].box;
    const bool in_row = std::abs(left.bottom - right.bottom) < right.height() / 4 &&
                        left.right < right.left && label.end - label.first == 1 &&
                        label.end == pieces[i].first && label.text.size() <= 8;
    if (!in_row) continue;
    pieces[i].first = label.first;
    pieces[i].text.insert(0, label.text + " ");
    label.text.clear();
  }
}

}  // namespace

std::vector<std::vector<bool>> find_page_furniture(const PdfLayout& layout,
                                                   std::vector<std::vector<bool>> running) {
  TypeCount count;
  for (const PdfPage& page : layout.pages) {
    for (const PdfLine& line : page.lines) count.add(line);
  }
  const Type body = count.most();
  for (std::size_t number = 0; number < layout.pages.size(); ++number) {
    const PdfPage& page = layout.pages[number];
    std::vector<bool>& beside = running[number];
    mark_footnotes(page, body, beside);
    std::vector<Piece> pieces = pieces_of(page, beside);
    take_label_in(page, pieces);
    for (const Piece& piece : pieces) {
      if (is_heading(piece, body) || is_caption(piece)) {
        for (std::size_t i = piece.first; i < piece.end; ++i) beside[i] = true;
      }
    }
  }
  return running;
}

}  // namespace loccit
