#include "documents/plain_columns.h"

#include <algorithm>
#include <optional>

#include "documents/code_points.h"

namespace loccit {
namespace {

constexpr int widest = 400;                // columns that are looked at
constexpr std::size_t fewest_rows = 6;     // with words on both sides
constexpr double most_crossed = 0.35;      // of them: a title, an abstract, a table
constexpr double narrowest_column = 0.25;  // of the page's width
constexpr double least_filled = 0.55;      // of a column's width: prose, no table

// Which columns of a line have ink; a single blank between two words counts as ink.
struct Inked {
  std::vector<bool> ink;
  int begin = 0, end = 0;  // of the words
};

Inked inked(const SourceLine& line) {
  Inked result;
  int column = line.first_column;
  bool any = false;
  for (std::size_t at = 0; at < line.text.size() && column < widest;) {
    const char32_t c = next_code_point(line.text, at);
    if (c == U'\t') {
      column += tab_width - column % tab_width;
      continue;
    }
    if (c < 0x20 || c == 0x7F) continue;
    result.ink.resize(static_cast<std::size_t>(column) + 1, false);
    if (!is_blank(c)) {
      if (any && column - result.end == 1) result.ink[static_cast<std::size_t>(column) - 1] = true;
      result.ink.back() = true;
      if (!any) result.begin = column;
      result.end = column + 1;
      any = true;
    }
    ++column;
  }
  return result;
}

bool has_ink(const Inked& line, int column) {
  return column < static_cast<int>(line.ink.size()) && line.ink[static_cast<std::size_t>(column)];
}

struct Gutter {
  int column = 0;
  int right_begin = 0;  // of the right column's words
};

class Page {
 public:
  explicit Page(const std::vector<SourceLine>& lines) {
    for (const SourceLine& line : lines) {
      lines_.push_back(inked(line));
      width_ = std::max(width_, lines_.back().end);
    }
  }

  // Blank in nearly every line that has words on both sides, with prose to its left and right.
  std::optional<Gutter> gutter() const {
    std::optional<int> best;
    long best_score = 0;
    const int first = static_cast<int>(width_ * narrowest_column);
    for (int column = width_ - first; column > first; --column) {
      std::size_t rows = 0, crossed = 0;
      for (const Inked& line : lines_) {
        if (has_ink(line, column))
          ++crossed;
        else if (line.begin < column && line.end > column)
          ++rows;
      }
      const long score = static_cast<long>(rows) - 2 * static_cast<long>(crossed);
      if (rows < fewest_rows ||
          static_cast<double>(crossed) > most_crossed * static_cast<double>(rows) ||
          (best && score <= best_score))
        continue;
      best = column;
      best_score = score;
    }
    if (!best || !is_prose(*best)) return std::nullopt;
    return Gutter{*best, right_begin(*best)};
  }

  bool crosses(std::size_t line, int column) const { return has_ink(lines_[line], column); }

 private:
  bool is_beside(const Inked& line, int column) const {
    return !has_ink(line, column) && line.begin < column && line.end > column;
  }

  int right_begin(int gutter) const {
    int begin = width_;
    for (const Inked& line : lines_) {
      if (!is_beside(line, gutter)) continue;
      int at = gutter;
      while (!has_ink(line, at)) ++at;
      begin = std::min(begin, at);
    }
    return begin;
  }

  // The cells of a table are short, the lines of a column full.
  bool is_prose(int gutter) const {
    const int right = right_begin(gutter);
    long left_filled = 0, right_filled = 0, left_width = 0, right_width = 0;
    for (const Inked& line : lines_) {
      if (!is_beside(line, gutter)) continue;
      for (int at = line.begin; at < gutter; ++at) left_filled += has_ink(line, at) ? 1 : 0;
      for (int at = gutter; at < line.end; ++at) right_filled += has_ink(line, at) ? 1 : 0;
      left_width += gutter;
      right_width += width_ - right;
    }
    return static_cast<double>(left_filled) >= least_filled * static_cast<double>(left_width) &&
           static_cast<double>(right_filled) >= least_filled * static_cast<double>(right_width);
  }

  std::vector<Inked> lines_;
  int width_ = 0;
};

struct Halves {
  SourceLine left, right;
};

Halves parted(const SourceLine& line, int gutter) {
  int column = line.first_column;
  std::size_t at = 0;
  while (at < line.text.size() && column < gutter) {
    const bool tab = line.text[at] == '\t';
    next_code_point(line.text, at);
    column += tab ? tab_width - column % tab_width : 1;
  }
  Halves halves{line, line};
  halves.left.text = line.text.substr(0, at);
  halves.right.text = line.text.substr(at);
  halves.right.offset += at;
  halves.right.first_column = column;
  return halves;
}

}  // namespace

std::vector<SourceLine> in_reading_order(std::vector<SourceLine> page) {
  const Page inks(page);
  const auto gutter = inks.gutter();
  if (!gutter) return page;
  std::vector<SourceLine> ordered, right;
  const auto begin_column = [&](std::size_t first) {
    if (first < ordered.size()) ordered[first].begins_column = first > 0;
  };
  const auto end_columns = [&] {
    const std::size_t first = ordered.size();
    ordered.insert(ordered.end(), right.begin(), right.end());
    begin_column(first);
    right.clear();
  };
  bool across = true;
  for (std::size_t i = 0; i < page.size(); ++i) {
    const bool crosses = inks.crosses(i, gutter->column);
    if (crosses && !across) end_columns();
    const bool begins = crosses != across || ordered.empty();
    if (crosses) {
      ordered.push_back(page[i]);
    } else {
      Halves halves = parted(page[i], gutter->column);
      halves.left.shares_row = !trimmed(halves.right.text).empty();
      halves.right.shares_row = !trimmed(halves.left.text).empty();
      halves.right.column_left = gutter->right_begin;
      halves.right.begins_page = false;
      ordered.push_back(halves.left);
      right.push_back(halves.right);
    }
    if (begins) begin_column(ordered.size() - 1);
    across = crosses;
  }
  end_columns();
  if (!ordered.empty()) ordered.front().begins_page = page.front().begins_page;
  return ordered;
}

}  // namespace loccit
