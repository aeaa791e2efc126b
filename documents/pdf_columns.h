// In which order the lines of a PDF's page are read: down each column, and across where a line
// spans the columns.
#pragma once

#include <deque>
#include <vector>

#include "documents/pdf_layout.h"

namespace loccit {

struct PlacedLine {
  const PdfLine* line = nullptr;
  double column_left = 0;      // where its column begins, in points
  bool begins_column = false;  // the text goes on here from the foot of the column before
};

struct ReadingOrder {
  std::vector<PlacedLine> lines;
  std::deque<PdfLine> pieces;  // of lines that were parted at a gutter; `lines` points at them
};

// The lines must outlive the result.
ReadingOrder in_reading_order(std::vector<const PdfLine*> lines, double page_width);

}  // namespace loccit
