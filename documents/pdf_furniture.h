// What stands on a PDF's pages because of the page and not of the text.
#pragma once

#include <vector>

#include "documents/pdf_layout.h"

namespace loccit {

// Of each line of each page, in order: is it a running head, a running foot or a page number?
std::vector<std::vector<bool>> find_running_lines(const PdfLayout& layout);

// Of lines in the order of their text: the same, and footnotes, captions and headings.
std::vector<std::vector<bool>> find_page_furniture(const PdfLayout& layout,
                                                   std::vector<std::vector<bool>> running);

// Takes the numbers of lines out that stand in a margin ("1" to "28" on pleading paper).
void drop_line_numbers(PdfLayout& layout);

}  // namespace loccit
