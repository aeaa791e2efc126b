// What stands in one row of a page and is one line to a reader, though poppler made several of it.
#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <numeric>
#include <utility>

#include "base/text.h"
#include "documents/pdf_layout.h"

namespace loccit {
namespace {

constexpr std::size_t most_candidates = 50;  // a hostile page sets everything in one place

// The height of most words: fonts of many scripts claim two or three times that of the others.
double usual_height(const PdfPage& page) {
  std::vector<double> heights;
  for (const PdfLine& line : page.lines) {
    for (const PdfWord& word : line.words) heights.push_back(word.box.height());
  }
  if (heights.empty()) return 0;
  const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
  std::nth_element(heights.begin(), middle, heights.end());
  return *middle;
}

// Where blanks are wide (justified text), poppler makes several lines of one.
void join_pieces_of_blocks(std::vector<PdfLine>& lines) {
  std::vector<PdfLine> joined;
  for (PdfLine& line : lines) {
    const bool same_row =
        !joined.empty() && joined.back().block == line.block &&
        std::abs(joined.back().box.bottom - line.box.bottom) < line.box.height() / 2;
    const bool beside = same_row && (line.box.left >= joined.back().box.right ||
                                     line.box.right <= joined.back().box.left);
    if (!beside) {
      joined.push_back(std::move(line));
      continue;
    }
    PdfLine& row = joined.back();
    row.box.left = std::min(row.box.left, line.box.left);
    row.box.right = std::max(row.box.right, line.box.right);
    std::move(line.words.begin(), line.words.end(), std::back_inserter(row.words));
  }
  const auto left_of = [](const PdfWord& word) { return word.box.left; };
  for (PdfLine& row : joined) {
    if (!std::ranges::is_sorted(row.words, {}, left_of))
      std::ranges::stable_sort(row.words, {}, left_of);
  }
  lines = std::move(joined);
}

// Lines by one of their edges, to be asked for those near a place.
template <class Edge>
class ByEdge {
 public:
  ByEdge(const std::vector<PdfLine>& lines, Edge edge) : lines_(lines), edge_(edge) {
    order_.resize(lines.size());
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::ranges::stable_sort(order_, {}, [&](std::size_t i) { return edge_(lines_[i].box); });
  }

  template <class Visit>  // visit(index), until it returns true
  void for_each_between(double from, double to, Visit visit) const {
    auto at = std::ranges::lower_bound(order_, from, {},
                                       [&](std::size_t i) { return edge_(lines_[i].box); });
    for (std::size_t n = 0; at != order_.end() && n < most_candidates; ++at, ++n) {
      if (edge_(lines_[*at].box) > to || visit(*at)) return;
    }
  }

 private:
  const std::vector<PdfLine>& lines_;
  Edge edge_;
  std::vector<std::size_t> order_;
};

bool holds_middle_of(const PdfBox& outer, const PdfBox& inner) {
  const double middle = (inner.top + inner.bottom) / 2;
  return middle > outer.top && middle < outer.bottom;
}

// Fonts differ in the height they claim, so that a word of Chinese in a Latin line is a line and a
// block of its own to poppler, and what follows it another: a blank apart, in one row.
void join_torn_lines(PdfPage& page) {
  constexpr double widest_blank = 0.45;  // of the height; gutters are wider
  constexpr double high_font = 1.25;
  const double height = usual_height(page);
  std::vector<PdfLine>& lines = page.lines;
  const ByEdge by_right(lines, [](const PdfBox& box) { return box.right; });
  std::vector<std::size_t> joined_to(lines.size());
  std::iota(joined_to.begin(), joined_to.end(), std::size_t{0});
  std::vector<std::size_t> by_left(joined_to);
  std::ranges::stable_sort(by_left, {}, [&](std::size_t i) { return lines[i].box.left; });
  for (const std::size_t i : by_left) {
    const PdfBox& box = lines[i].box;
    by_right.for_each_between(box.left - widest_blank * height, box.left + 1, [&](std::size_t j) {
      const PdfBox& before = lines[j].box;
      // A raised mark is smaller than the rest, and no font.
      const bool fonts_differ = std::max(before.height(), box.height()) > high_font * height &&
                                std::min(before.height(), box.height()) > height * 0.9;
      if (lines[j].block == lines[i].block || before.left >= box.left || !fonts_differ ||
          !(holds_middle_of(before, box) && holds_middle_of(box, before)))
        return false;
      joined_to[i] = joined_to[j];
      return true;
    });
  }
  for (const std::size_t i : by_left) {
    PdfLine& row = lines[joined_to[i]];
    if (joined_to[i] == i) continue;
    row.box.right = std::max(row.box.right, lines[i].box.right);
    std::ranges::move(std::exchange(lines[i].words, {}), std::back_inserter(row.words));
  }
  std::erase_if(lines, [](const PdfLine& line) { return line.words.empty(); });
}

// A capital over two lines and more that begins the word beside it.
void join_drop_caps(PdfPage& page) {
  constexpr double least_height = 1.7;  // of the usual
  constexpr double least_blank = 0.2;   // of the usual height: what is nearer is one word
  constexpr std::size_t most_letters = 2;
  const double height = usual_height(page);
  std::vector<PdfLine>& lines = page.lines;
  const auto is_cap = [&](const PdfLine& line) {
    return line.words.size() == 1 && line.box.height() > least_height * height &&
           count_code_points(line.words.front().text) <= most_letters;
  };
  if (std::ranges::none_of(lines, is_cap)) return;
  const ByEdge by_left(lines, [](const PdfBox& box) { return box.left; });
  for (PdfLine& cap : lines) {
    if (!is_cap(cap)) continue;
    PdfLine* beside = nullptr;
    by_left.for_each_between(
        cap.box.right - height / 2, cap.box.right + height, [&](std::size_t i) {
          PdfLine& line = lines[i];
          const bool in_upper_half =
              line.box.bottom > cap.box.top && line.box.top < (cap.box.top + cap.box.bottom) / 2;
          if (&line != &cap && !line.words.empty() && in_upper_half && !is_cap(line) &&
              (beside == nullptr || line.box.top < beside->box.top))
            beside = &line;
          return false;
        });
    if (beside == nullptr) continue;
    PdfWord& first = beside->words.front();
    // A word by itself, "A" or "I", has a blank after it.
    if (first.box.left - cap.box.right < least_blank * height) {
      first.text.insert(0, cap.words.front().text);
    } else {
      beside->words.insert(beside->words.begin(), cap.words.front());
      beside->words.front().box.top = first.box.top;
    }
    cap.words.clear();
  }
  std::erase_if(lines, [](const PdfLine& line) { return line.words.empty(); });
}

}  // namespace

void join_rows(PdfPage& page) {
  join_pieces_of_blocks(page.lines);
  join_drop_caps(page);
  join_torn_lines(page);
}

}  // namespace loccit
