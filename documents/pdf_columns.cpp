// A gutter is a vertical stripe that hardly any line crosses, with lines of some length side by
// side left and right of it. Lines that cross it (a title, a table, notes over the whole width)
// part the page into bands; in each band the left column is read before the right one.
#include "documents/pdf_columns.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <utility>

namespace loccit {
namespace {

using Lines = std::vector<const PdfLine*>;

constexpr std::size_t fewest_lines = 3;    // in a column
constexpr std::size_t most_lines = 600;    // a page with more is no page that is read in columns
constexpr double narrowest_column = 0.18;  // of the page's width, of most of its lines
constexpr double narrowest_gutter = 0.55;  // of a line's height
constexpr double most_crossing = 0.5;      // of the lines
constexpr std::size_t most_lines_of_head = 12;
constexpr double blank_band = 2.2;  // of a line's height
constexpr std::size_t most_words = 4000;
constexpr double same_edge = 0.25;  // points
constexpr int most_depth = 3;       // four columns and more are halved again and again

double middle(const PdfLine& line) { return (line.box.top + line.box.bottom) / 2; }

void sort_by_height(Lines& lines) {
  std::ranges::stable_sort(lines, {}, [](const PdfLine* line) { return middle(*line); });
}

template <class Value>
Value middle_of(std::vector<Value> values) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

struct Gutter {
  double left = 0, right = 0;
  bool is_left(const PdfBox& box) const { return box.right <= left + 0.5; }
  bool is_right(const PdfBox& box) const { return box.left >= right - 0.5; }

  // Where the gutter is narrow, poppler makes one line of two: no word of it stands in the gutter.
  bool parts(const PdfLine& line) const {
    bool any_left = false, any_right = false;
    for (const PdfWord& word : line.words) {
      const bool left_word = is_left(word.box), right_word = is_right(word.box);
      if (!left_word && !right_word) return false;
      any_left = any_left || left_word;
      any_right = any_right || right_word;
    }
    return any_left && any_right;
  }
};

// The words of `line` that stand on one side.
template <class IsThere>
PdfLine piece_of(const PdfLine& line, IsThere is_there) {
  PdfLine piece;
  piece.block = line.block;
  for (const PdfWord& word : line.words) {
    if (!is_there(word.box)) continue;
    const PdfBox& box = word.box;
    piece.box =
        piece.words.empty()
            ? box
            : PdfBox{std::min(piece.box.left, box.left), std::min(piece.box.top, box.top),
                     std::max(piece.box.right, box.right), std::max(piece.box.bottom, box.bottom)};
    piece.words.push_back(word);
  }
  return piece;
}

struct Columns {
  Lines left, right, crossing;
};

Columns split_at(const Lines& lines, const Gutter& gutter) {
  Columns columns;
  for (const PdfLine* line : lines) {
    if (gutter.is_left(line->box))
      columns.left.push_back(line);
    else if (gutter.is_right(line->box))
      columns.right.push_back(line);
    else
      columns.crossing.push_back(line);
  }
  return columns;
}

using Boxes = std::vector<PdfBox>;

// What a gutter leaves on each side: lines, and pieces of lines that poppler made of two.
struct Sides {
  Boxes left, right;
  std::size_t parted = 0, crossing = 0;
};

void enclose(PdfBox& box, const PdfBox& other) {
  box = box.right <= box.left
            ? other
            : PdfBox{std::min(box.left, other.left), std::min(box.top, other.top),
                     std::max(box.right, other.right), std::max(box.bottom, other.bottom)};
}

Sides sides_of(const Lines& lines, const Gutter& gutter) {
  Sides sides;
  for (const PdfLine* line : lines) {
    if (gutter.is_left(line->box)) {
      sides.left.push_back(line->box);
    } else if (gutter.is_right(line->box)) {
      sides.right.push_back(line->box);
    } else if (!gutter.parts(*line)) {
      ++sides.crossing;
    } else {
      ++sides.parted;
      PdfBox left, right;
      for (const PdfWord& word : line->words)
        enclose(gutter.is_left(word.box) ? left : right, word.box);
      sides.left.push_back(left);
      sides.right.push_back(right);
    }
  }
  return sides;
}

bool is_column(const Boxes& lines, double page_width) {
  std::vector<double> widths;
  for (const PdfBox& box : lines) widths.push_back(box.right - box.left);
  return middle_of(std::move(widths)) >= narrowest_column * page_width;
}

// Most lines of the shorter column have lines of the other at their height.
bool stand_side_by_side(const Boxes& left, const Boxes& right) {
  const Boxes& shorter = left.size() < right.size() ? left : right;
  const Boxes& longer = left.size() < right.size() ? right : left;
  double top = longer.front().top, bottom = longer.front().bottom;
  for (const PdfBox& box : longer) {
    top = std::min(top, box.top);
    bottom = std::max(bottom, box.bottom);
  }
  const auto beside = std::ranges::count_if(shorter, [&](const PdfBox& box) {
    const double middle = (box.top + box.bottom) / 2;
    return middle > top && middle < bottom;
  });
  return static_cast<std::size_t>(beside) * 2 >= shorter.size();
}

// Two lines that poppler joined across the gutter say as much as a third line.
bool are_columns(const Sides& sides, double page_width) {
  const std::size_t fewest = sides.parted >= 2 ? 2 : fewest_lines;
  return sides.left.size() >= fewest && sides.right.size() >= fewest &&
         is_column(sides.left, page_width) && is_column(sides.right, page_width) &&
         stand_side_by_side(sides.left, sides.right);
}

std::optional<Gutter> find_gutter(const Lines& lines, double page_width) {
  if (lines.size() < 2 * fewest_lines || lines.size() > most_lines) return std::nullopt;
  std::size_t words = 0;
  for (const PdfLine* line : lines) words += line->words.size();
  if (words > most_words) return std::nullopt;
  std::vector<double> lefts, rights, heights;
  for (const PdfLine* line : lines) heights.push_back(line->box.height());
  const double least = narrowest_gutter * std::max(1.0, middle_of(std::move(heights)));
  for (const PdfLine* line : lines) {
    lefts.push_back(line->box.left);
    rights.push_back(line->box.right);
    // Of a column poppler may have made no line of its own.
    for (std::size_t i = 1; i < line->words.size(); ++i) {
      const double left = line->words[i - 1].box.right, right = line->words[i].box.left;
      if (right - left < least) continue;
      rights.push_back(left);
      lefts.push_back(right);
    }
  }
  std::ranges::sort(lefts);
  std::ranges::sort(rights);
  const auto near = [](double a, double b) { return b - a < same_edge; };
  rights.erase(std::unique(rights.begin(), rights.end(), near), rights.end());
  std::optional<Gutter> best;
  std::size_t best_crossing = lines.size();
  for (const double right : rights) {
    const auto next = std::ranges::lower_bound(lefts, right + least);
    if (next == lefts.end()) continue;
    const Gutter gutter{right, *next};
    const Sides sides = sides_of(lines, gutter);
    if (sides.crossing >= best_crossing || !are_columns(sides, page_width)) continue;
    best = gutter;
    best_crossing = sides.crossing;
  }
  if (static_cast<double>(best_crossing) > most_crossing * static_cast<double>(lines.size()))
    return std::nullopt;
  return best;
}

bool share_a_row(const PdfBox& a, const PdfBox& b) {
  const double overlap = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
  return overlap > 0.5 * std::min(a.height(), b.height());
}

// A raised mark is a line of its own to poppler now and then, and ends above the line it ends.
void sort_rows(Lines& lines) {
  for (auto row = lines.begin(); row != lines.end();) {
    const auto end = std::find_if_not(row + 1, lines.end(), [&](const PdfLine* line) {
      return share_a_row((*row)->box, line->box);
    });
    std::stable_sort(row, end,
                     [](const PdfLine* a, const PdfLine* b) { return a->box.left < b->box.left; });
    row = end;
  }
}

// A title and its authors, who may stand side by side where columns begin below: the lines above
// the first blank band over the whole width, where they are few.
Lines take_head(Lines& lines) {
  if (lines.size() < 2 * fewest_lines) return {};
  sort_by_height(lines);
  std::vector<double> heights;
  for (const PdfLine* line : lines) heights.push_back(line->box.height());
  const double band = blank_band * middle_of(std::move(heights));
  double bottom = lines.front()->box.bottom;
  std::size_t end = 0;
  for (std::size_t i = 1; i < lines.size() && i <= most_lines_of_head; ++i) {
    if (lines[i]->box.top - bottom > band) end = i;
    bottom = std::max(bottom, lines[i]->box.bottom);
  }
  Lines head(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(end));
  lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(end));
  return head;
}

class Arranger {
 public:
  explicit Arranger(double page_width) : page_width_(page_width) {}

  void arrange(Lines lines, int depth) {
    const auto gutter = depth < most_depth ? find_gutter(lines, page_width_) : std::nullopt;
    if (!gutter) return place(std::move(lines));
    Columns columns = split_at(lines, *gutter);
    part_lines(columns, *gutter);
    sort_by_height(columns.crossing);
    sort_by_height(columns.left);
    sort_by_height(columns.right);
    auto left = columns.left.begin(), right = columns.right.begin();
    Lines across;
    for (std::size_t i = 0; i <= columns.crossing.size(); ++i) {
      const bool last = i == columns.crossing.size();
      const double edge = last ? 0 : middle(*columns.crossing[i]);
      const auto above = [&](const PdfLine* line) { return last || middle(*line) < edge; };
      const auto left_end = std::find_if_not(left, columns.left.end(), above);
      const auto right_end = std::find_if_not(right, columns.right.end(), above);
      if (left != left_end || right != right_end) {
        place(std::exchange(across, {}));
        arrange(Lines(left, left_end), depth + 1);
        if (left != left_end) column_begins_ = true;
        arrange(Lines(right, right_end), depth + 1);
        column_begins_ = false;
      }
      left = left_end;
      right = right_end;
      if (!last) across.push_back(columns.crossing[i]);
    }
    place(std::move(across));
  }

  // In the order of their rows.
  void place(Lines lines) {
    if (lines.empty()) return;
    std::ranges::stable_sort(lines, {}, [](const PdfLine* line) { return line->box.bottom; });
    sort_rows(lines);
    double left = lines.front()->box.left;
    for (const PdfLine* line : lines) left = std::min(left, line->box.left);
    for (const PdfLine* line : lines)
      placed_.push_back({line, left, std::exchange(column_begins_, false)});
  }

  ReadingOrder result() && { return {std::move(placed_), std::move(pieces_)}; }

 private:
  void part_lines(Columns& columns, const Gutter& gutter) {
    std::erase_if(columns.crossing, [&](const PdfLine* line) {
      if (!gutter.parts(*line)) return false;
      columns.left.push_back(&pieces_.emplace_back(
          piece_of(*line, [&](const PdfBox& box) { return gutter.is_left(box); })));
      columns.right.push_back(&pieces_.emplace_back(
          piece_of(*line, [&](const PdfBox& box) { return !gutter.is_left(box); })));
      return true;
    });
  }

  double page_width_;
  bool column_begins_ = false;
  std::vector<PlacedLine> placed_;
  std::deque<PdfLine> pieces_;
};

}  // namespace

ReadingOrder in_reading_order(Lines lines, double page_width) {
  Arranger arranger(page_width);
  Lines below = lines;
  Lines head = take_head(below);
  // Columns with a float between their lines are no head: in a head something stands across.
  const auto stands_across = [&] {
    const auto gutter = find_gutter(lines, page_width);
    return !gutter || sides_of(head, *gutter).crossing > 0;
  };
  if (!head.empty() && find_gutter(below, page_width) && stands_across()) {
    arranger.place(std::move(head));
    lines = std::move(below);
  }
  arranger.arrange(std::move(lines), 0);
  return std::move(arranger).result();
}

}  // namespace loccit
