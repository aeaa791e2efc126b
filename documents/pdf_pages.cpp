#include "documents/pdf_pages.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <numeric>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "documents/code_points.h"
#include "documents/pdf_columns.h"
#include "documents/pdf_furniture.h"

namespace loccit {
namespace {

constexpr double raised_height = 0.85;  // of the word beside it
constexpr double large_type = 1.15;     // of the usual height
constexpr double wide_gap = 1.4;        // of the usual step from line to line
constexpr double enough_in_blocks = 0.4;
constexpr double deepest_indent = 3.5;  // of a first line, in characters
constexpr double narrow_gap = 1.32;     // likewise
constexpr double glued_gap = 0.12;      // of the height: nearer words are one

double middle_of(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

double width_of_characters(const PdfLayout& layout) {
  std::vector<double> widths;
  for (const PdfPage& page : layout.pages) {
    for (const PdfLine& line : page.lines) {
      for (const PdfWord& word : line.words) {
        if (word.text.size() >= 3)
          widths.push_back((word.box.right - word.box.left) /
                           static_cast<double>(word.text.size()));
      }
    }
  }
  return std::max(1.0, middle_of(std::move(widths)));
}

// Set in a typewriter's type as often as not, which claims another height than the text around it.
// A long run of Chinese is a sentence.
bool looks_like_url_piece(std::string_view word) {
  constexpr std::size_t longest_word = 24;
  const bool ascii = std::ranges::none_of(word, [](unsigned char c) { return c >= 0x80; });
  return (ascii && word.size() > longest_word) ||
         word.find_first_of("/_%=&?#") != std::string_view::npos;
}

// What tells of its line's type: an arrow ("↩") comes from whatever font has one.
std::size_t letters_and_digits(std::string_view word) {
  if (looks_like_url_piece(word)) return 0;
  std::size_t count = 0;
  for (std::size_t at = 0; at < word.size();) {
    const char32_t c = next_code_point(word, at);
    if (is_letter(c) || is_digit(c)) ++count;
  }
  return count;
}

// What most of its letters are set in: fonts differ in the height that they claim, so that a word
// in another font says nothing of its line. 0 where there is nothing but pieces of URLs.
double type_size_of(const PdfLine& line) {
  std::vector<std::size_t> weights;
  for (const PdfWord& word : line.words) weights.push_back(letters_and_digits(word.text));
  const std::size_t all = std::accumulate(weights.begin(), weights.end(), std::size_t{0});
  std::size_t most = 0;
  double size = 0;
  for (const PdfWord& word : line.words) {
    if (most * 2 > all) break;
    const double height = word.box.height();
    std::size_t letters = 0;
    for (std::size_t w = 0; w < line.words.size(); ++w) {
      if (std::abs(line.words[w].box.height() - height) < 0.05) letters += weights[w];
    }
    if (letters <= most) continue;
    most = letters;
    size = height;
  }
  return size;
}

// In the direction of reading, whichever it is.
double distance(const PdfWord& word, const PdfWord& before) {
  return std::max(word.box.left - before.box.right, before.box.left - word.box.right);
}

bool is_raised(const PdfWord& word, const PdfWord& neighbour) {
  const double rise =
      (neighbour.box.top + neighbour.box.bottom - word.box.top - word.box.bottom) / 2;
  return word.box.height() < neighbour.box.height() * raised_height &&
         rise > neighbour.box.height() * 0.05;
}

// Word processors write the file's name where the title belongs.
bool names_the_work(std::string_view title) {
  if (title.starts_with("Microsoft ") || title == "untitled" || title == "Untitled") return false;
  const std::size_t dot = title.rfind('.');
  return dot == std::string_view::npos || title.size() - dot > 5 ||
         title.find(' ', dot) != std::string_view::npos || dot + 1 == title.size();
}

class PageLayer {
 public:
  PageLayer(int number, double column, const std::vector<PdfLink>& links, ReadingOrder order)
      : number_(number),
        column_(column),
        links_(links),
        lines_(std::move(order.lines)),
        pieces_(std::move(order.pieces)) {
    set_pitch();
  }

  // Appends the page's columns to `pages`.
  void print(std::vector<PrintedPage>& pages) {
    const std::size_t first = pages.size();
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (i == 0 || lines_[i].begins_column) {
        pages.emplace_back();
        pages.back().sheet = static_cast<std::size_t>(number_);
      }
      auto& printed = pages.back().lines;
      if (!printed.empty() && stands_beside(lines_[i - 1], lines_[i]))
        append(printed.back(), lines_[i - 1], lines_[i]);
      else
        printed.push_back(print_line(i));
    }
    for (std::size_t p = first; p < pages.size(); ++p) {
      auto& lines = pages[p].lines;
      std::erase_if(lines, [](const PrintedLine& line) { return line.text.empty(); });
      if (!lines.empty()) lines.front().gap = 0;
    }
  }

 private:
  void set_pitch() {
    std::vector<double> steps, heights;
    for (const PlacedLine& placed : lines_) heights.push_back(placed.line->box.height());
    usual_height_ = middle_of(std::move(heights));
    const PdfLine* before = nullptr;
    std::vector<double> in_blocks;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      // A label set high in a line of its own is a part of the next one.
      if (i + 1 < lines_.size() && stands_beside(lines_[i], lines_[i + 1])) continue;
      const PdfLine& line = *lines_[i].line;
      // A hostile file has boxes of less than no height.
      const double step = before == nullptr ? 0 : line.box.bottom - before->box.bottom;
      if (before != nullptr && step > 0.5 * line.box.height()) {
        steps.push_back(step);
        if (line.block == before->block) in_blocks.push_back(step);
      }
      before = &line;
    }
    // Where paragraphs have a line or two, more steps part them than are within them.
    if (static_cast<double>(in_blocks.size()) >=
        enough_in_blocks * static_cast<double>(steps.size()))
      steps = std::move(in_blocks);
    pitch_ = std::max(1.0, middle_of(std::move(steps)));
  }

  bool stands_beside(const PlacedLine& before, const PlacedLine& placed) const {
    const PdfBox& a = before.line->box;
    const PdfBox& b = placed.line->box;
    const double overlap = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
    return overlap > 0.5 * std::min(a.height(), b.height()) && b.left >= a.right - 1 &&
           before.column_left == placed.column_left;
  }

  PrintedLine print_line(std::size_t i) {
    const PdfLine& line = *lines_[i].line;
    PrintedLine printed;
    printed.left = (line.box.left - lines_[i].column_left) / column_;
    printed.right = (line.box.right - lines_[i].column_left) / column_;
    printed.type_size = type_size_of(line);
    if (printed.type_size == 0)
      printed.type_size = i > 0 && lines_[i - 1].line->block == line.block && type_size_ > 0
                              ? type_size_
                              : line.box.height();
    type_size_ = printed.type_size;
    printed.location = {number_, static_cast<int>(i) + 1, static_cast<int>(printed.left) + 1, 0};
    if (i > 0) {
      const double step = line.box.bottom - lines_[i - 1].line->box.bottom;
      // Small type is set closer, large type wider: its own height says what a line's step is.
      const double height = line.box.height();
      double usual = std::min(pitch_, std::max(1.0, height * 1.6));
      if (std::min(height, lines_[i - 1].line->box.height()) > large_type * usual_height_)
        usual = std::max(usual, height * 1.2);
      // Among lines of text a smaller gap tells; a title's lines are centred and stand anyhow.
      const auto [left, right] = std::minmax(lines_[i - 1].line->box.left, line.box.left);
      const bool is_usual = std::abs(height - usual_height_) < 0.05 * usual_height_ &&
                            left - lines_[i].column_left < deepest_indent * column_ &&
                            right - left < 2 * deepest_indent * column_;
      if (step > wide_gap * usual || (is_usual && step > narrow_gap * pitch_))
        printed.gap = std::max(1, static_cast<int>(std::lround(step / usual)) - 1);
    }
    add_words(printed, line);
    return printed;
  }

  void append(PrintedLine& printed, const PlacedLine& before, const PlacedLine& placed) const {
    const bool is_label = before.line->words.size() == 1 && printed.raised.empty() &&
                          printed.text == before.line->words.front().text &&
                          is_raised(before.line->words.front(), placed.line->words.front());
    if (is_label) printed.raised.push_back({0, printed.text.size()});
    const PdfWord& first = placed.line->words.front();
    printed.text += blanks_for(distance(first, before.line->words.back()), first, printed.text);
    printed.right = (placed.line->box.right - placed.column_left) / column_;
    printed.type_size = std::max(printed.type_size, type_size_of(*placed.line));
    add_words(printed, *placed.line);
  }

  void add_words(PrintedLine& printed, const PdfLine& line) const {
    for (std::size_t w = 0; w < line.words.size(); ++w) {
      const PdfWord& word = line.words[w];
      const PdfWord* before = w > 0 ? &line.words[w - 1] : nullptr;
      const PdfWord* neighbour = before != nullptr       ? before
                                 : line.words.size() > 1 ? &line.words[1]
                                                         : nullptr;
      const bool raised = neighbour != nullptr && is_raised(word, *neighbour);
      if (before != nullptr && !raised &&
          (distance(word, *before) > glued_gap * word.box.height() || link_ends(*before, word)))
        printed.text += blanks_for(distance(word, *before), word, printed.text);
      const std::size_t begin = printed.text.size();
      for (const char c : word.text) {
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) printed.text += c;
      }
      if (word.link < links_.size() && printed.text.size() - begin == word.text.size())
        add_link(printed, {begin + word.linked.begin, begin + word.linked.end},
                 links_[word.link].url);
      if (raised) printed.raised.push_back({begin, printed.text.size()});
      // A label set high at a note's beginning is parted from its text; so is a mark that found no
      // room in the line before.
      if (raised && before == nullptr) printed.text += ' ';
    }
  }

  // The cells of a table stand far apart (see is_artwork); so do a label and its text.
  static std::string_view blanks_for(double distance, const PdfWord& word, std::string_view text) {
    constexpr double between_cells = 2;  // of the height
    constexpr std::size_t longest_label = 6;
    return distance > between_cells * word.box.height() && text.size() > longest_label ? "    "
                                                                                       : " ";
  }

  // A URL set close to the next word: the link knows where it ends.
  static bool link_ends(const PdfWord& before, const PdfWord& word) {
    return before.link != word.link && distance(word, before) > 0 && is_alnum_at_end(before.text) &&
           is_alnum_at_begin(word.text);
  }
  static bool is_alnum_at_end(const std::string& text) {
    const char32_t c = code_point_before(text, text.size());
    return is_letter(c) || is_digit(c);
  }
  static bool is_alnum_at_begin(const std::string& text) {
    const char32_t c = code_point_at(text, 0);
    return is_letter(c) || is_digit(c);
  }

  // Words side by side with one target are one link.
  static void add_link(PrintedLine& printed, TextRange words, const std::string& url) {
    if (!printed.links.empty() && printed.links.back().url == url &&
        words.begin <= printed.links.back().range.end + 1)
      printed.links.back().range.end = words.end;
    else
      printed.links.push_back({words, url});
  }

  int number_;
  double column_;
  const std::vector<PdfLink>& links_;
  double pitch_ = 1;
  double usual_height_ = 0;
  double type_size_ = 0;  // of the line before
  std::vector<PlacedLine> lines_;
  std::deque<PdfLine> pieces_;  // lines_ points at them
};

std::vector<std::string> targets_of(const PdfPage& page) {
  std::vector<std::string> targets;
  std::unordered_set<std::string_view> seen;
  for (const PdfLink& link : page.links) {
    if (seen.insert(link.url).second) targets.push_back(link.url);
  }
  return targets;
}

PdfLayout mirrored(PdfLayout layout) {
  for (PdfPage& page : layout.pages) mirror(page);
  layout.right_to_left = false;
  return layout;
}

}  // namespace

PagedText pdf_pages(const PdfLayout& layout) {
  if (layout.right_to_left) return pdf_pages(mirrored(layout));
  PagedText text;
  text.title = names_the_work(layout.title) ? layout.title : "";
  text.pages_are_known = true;
  const double column = width_of_characters(layout);
  const std::vector<std::vector<bool>> running = find_running_lines(layout);
  for (std::size_t p = 0; p < layout.pages.size(); ++p) {
    const PdfPage& page = layout.pages[p];
    std::vector<const PdfLine*> lines;
    for (std::size_t i = 0; i < page.lines.size(); ++i) {
      if (!running[p][i] && !page.lines[i].words.empty()) lines.push_back(&page.lines[i]);
    }
    const std::size_t first = text.pages.size();
    PageLayer(static_cast<int>(p) + 1, column, page.links,
              in_reading_order(std::move(lines), page.width))
        .print(text.pages);
    if (first < text.pages.size()) text.pages[first].annotations = targets_of(page);
  }
  return text;
}

}  // namespace loccit
