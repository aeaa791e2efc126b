// Columns that a text layer prints side by side ("pdftotext -layout"): found by the gutter that no
// line crosses, and put one under the other.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace loccit {

constexpr int tab_width = 8;

// A line of the file, or a column's part of one.
struct SourceLine {
  std::string_view text;
  std::size_t offset = 0;  // of its first byte in the file
  int number = 0;          // from 1
  int first_column = 0;    // that its first byte stands in, from 0
  int column_left = 0;     // where its column of the page begins
  bool begins_page = false;
  bool begins_column = false;  // of the page that it stands on, or a stretch across all columns
  bool shares_row = false;     // with words of the other column
};

// In the order in which they are read. A page without columns comes back as it is.
std::vector<SourceLine> in_reading_order(std::vector<SourceLine> page);

}  // namespace loccit
