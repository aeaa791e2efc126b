// The notes of paged text: blocks at the foot of pages and lists at the end. What they take is
// taken out of the pages.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "documents/note_label.h"
#include "documents/paged_text.h"

namespace loccit {

struct PrintedNote {
  NoteLabel label;
  std::vector<PrintedLine> lines;  // without the label
  std::size_t page = 0;            // index of the page it begins on
  std::size_t last_page = 0;       // it may run over
  bool at_foot = false;            // called on its own page
};

// Notes in document order, foot notes before lists of the same page.
std::vector<PrintedNote> take_notes(PagedText& text);

}  // namespace loccit
