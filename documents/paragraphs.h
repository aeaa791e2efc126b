// Printed lines of running text as paragraphs, headings, block quotations and the rest; over page
// breaks too.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "documents/paged_text.h"

namespace loccit {

struct PrintedParagraph {
  PartKind kind = PartKind::paragraph;
  int level = 0;
  int group = 0;  // of block quotations
  int gap_after = 0;
  std::vector<const PrintedLine*> lines;  // valid as long as the pages are
  std::vector<std::size_t> pages;         // the page index of each line
};

std::vector<PrintedParagraph> paragraphs_of(const PagedText& text);

}  // namespace loccit
