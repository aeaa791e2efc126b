// What each printed paragraph is: a heading, a list item, a block quotation, artwork, or running
// text.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "documents/line_shapes.h"
#include "documents/paragraphs.h"

namespace loccit {

struct ParagraphDraft {
  PrintedParagraph paragraph;
  int gap_before = 0;
  bool starts_page = false;
  bool alone = false;     // nothing else stands between the gaps around it
  std::size_t block = 0;  // lines without a gap between them
  std::optional<Enumerator> enumerator;
  bool is_date_line = false;
  bool is_led_in = false;  // set in after "… as follows:"
  double left = 0, right = 0, first_left = 0, type_size = 0;
};

// Of most of the document's lines, in columns.
struct PageMeasures {
  double base_left = 0;
  double right = 0;  // of the longest
  double usual_size = 0;
  std::optional<int> usual_first_left;  // of indented first lines
};

// "IV", alone far from the margin: a heading whatever stands beside it.
bool stands_alone(const PrintedLine& line, const PageMeasures& measures);

// Sets kind, level and group of each paragraph.
void classify(std::vector<ParagraphDraft>& drafts, const PageMeasures& measures);

}  // namespace loccit
