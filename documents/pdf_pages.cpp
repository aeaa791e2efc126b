#include "documents/pdf_pages.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "documents/code_points.h"

namespace loccit {
namespace {

constexpr double raised_height = 0.85;  // of the word beside it
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

double type_size_of(const PdfLine& line) {
  double size = 0;
  for (const PdfWord& word : line.words) size = std::max(size, word.box.height());
  return size;
}

bool is_raised(const PdfWord& word, const PdfWord& neighbour) {
  const double rise =
      (neighbour.box.top + neighbour.box.bottom - word.box.top - word.box.bottom) / 2;
  return word.box.height() < neighbour.box.height() * raised_height &&
         rise > neighbour.box.height() * 0.05;
}

class PageLayer {
 public:
  PageLayer(const PdfPage& page, int number, double column)
      : page_(page), number_(number), column_(column) {}

  PrintedPage print() {
    arrange();
    set_pitch();
    PrintedPage printed;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const bool same_row =
          i > 0 && !printed.lines.empty() && stands_beside(lines_[i - 1], lines_[i]);
      if (same_row)
        append(printed.lines.back(), lines_[i]);
      else
        printed.lines.push_back(print_line(i));
    }
    std::erase_if(printed.lines, [](const PrintedLine& line) { return line.text.empty(); });
    if (!printed.lines.empty()) printed.lines.front().gap = 0;
    return printed;
  }

 private:
  struct Placed {
    const PdfLine* line;
    double column_left;
  };

  bool begins_column(const PdfLine& before, const PdfLine& line) const {
    return line.box.top < before.box.top - 3 * std::max(1.0, before.box.height()) &&
           line.box.left > before.box.left + 0.25 * page_.width;
  }

  // One column reads from top to bottom, whatever order the file has; several are left in the order
  // that poppler found.
  void arrange() {
    bool columns = false;
    for (const PdfLine& line : page_.lines) {
      if (line.words.empty()) continue;
      if (!lines_.empty() && begins_column(*lines_.back().line, line)) columns = true;
      lines_.push_back({&line, 0});
    }
    if (!columns) {
      std::ranges::stable_sort(lines_, {},
                               [](const Placed& placed) { return placed.line->box.bottom; });
    }
    for (std::size_t begin = 0; begin < lines_.size();) {
      std::size_t end = begin + 1;
      while (columns && end < lines_.size() &&
             !begins_column(*lines_[end - 1].line, *lines_[end].line))
        ++end;
      if (!columns) end = lines_.size();
      double left = 1e9;
      for (std::size_t i = begin; i < end; ++i) left = std::min(left, lines_[i].line->box.left);
      for (std::size_t i = begin; i < end; ++i) lines_[i].column_left = left;
      begin = end;
    }
  }

  void set_pitch() {
    std::vector<double> steps;
    for (std::size_t i = 1; i < lines_.size(); ++i) {
      const double step = lines_[i].line->box.bottom - lines_[i - 1].line->box.bottom;
      if (step > 0.5 * lines_[i].line->box.height()) steps.push_back(step);
    }
    pitch_ = std::max(1.0, middle_of(std::move(steps)));
  }

  bool stands_beside(const Placed& before, const Placed& placed) const {
    const PdfBox& a = before.line->box;
    const PdfBox& b = placed.line->box;
    const double overlap = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
    return overlap > 0.5 * std::min(a.height(), b.height()) && b.left >= a.right - 1 &&
           before.column_left == placed.column_left;
  }

  PrintedLine print_line(std::size_t i) const {
    const PdfLine& line = *lines_[i].line;
    PrintedLine printed;
    printed.left = (line.box.left - lines_[i].column_left) / column_;
    printed.right = (line.box.right - lines_[i].column_left) / column_;
    printed.type_size = type_size_of(line);
    printed.location = {number_, static_cast<int>(i) + 1, static_cast<int>(printed.left) + 1, 0};
    if (i > 0) {
      const double step = line.box.bottom - lines_[i - 1].line->box.bottom;
      // Small type is set closer: its own height says what a line's step is.
      const double usual = std::min(pitch_, std::max(1.0, line.box.height() * 1.6));
      if (step > 1.4 * usual)
        printed.gap = std::max(1, static_cast<int>(std::lround(step / usual)) - 1);
    }
    add_words(printed, line);
    return printed;
  }

  void append(PrintedLine& printed, const Placed& placed) const {
    printed.text += ' ';
    printed.right = (placed.line->box.right - placed.column_left) / column_;
    printed.type_size = std::max(printed.type_size, type_size_of(*placed.line));
    add_words(printed, *placed.line);
  }

  static void add_words(PrintedLine& printed, const PdfLine& line) {
    for (std::size_t w = 0; w < line.words.size(); ++w) {
      const PdfWord& word = line.words[w];
      const PdfWord* before = w > 0 ? &line.words[w - 1] : nullptr;
      const PdfWord* neighbour = before != nullptr       ? before
                                 : line.words.size() > 1 ? &line.words[1]
                                                         : nullptr;
      const bool raised = neighbour != nullptr && is_raised(word, *neighbour);
      if (before != nullptr && !raised &&
          word.box.left - before->box.right > glued_gap * word.box.height())
        printed.text += ' ';
      const std::size_t begin = printed.text.size();
      for (const char c : word.text) {
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) printed.text += c;
      }
      if (raised && before != nullptr) printed.raised.push_back({begin, printed.text.size()});
      // A label set high at a note's beginning is parted from its text.
      if (raised && before == nullptr) printed.text += ' ';
    }
  }

  const PdfPage& page_;
  int number_;
  double column_;
  double pitch_ = 1;
  std::vector<Placed> lines_;
};

}  // namespace

PagedText pdf_pages(const PdfLayout& layout) {
  PagedText text;
  text.title = layout.title;
  text.pages_are_known = true;
  const double column = width_of_characters(layout);
  for (std::size_t p = 0; p < layout.pages.size(); ++p) {
    text.pages.push_back(PageLayer(layout.pages[p], static_cast<int>(p) + 1, column).print());
  }
  return text;
}

}  // namespace loccit
