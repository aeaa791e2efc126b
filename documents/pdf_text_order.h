// Puts the lines of a PDF's page into the order in which their text is read.
#pragma once

#include <vector>

#include "documents/pdf_layout.h"

namespace loccit {

// Poppler's order is kept but where the page shows that it is wrong: columns one after another, and
// what stands above before what stands below. `running`, of each line, is reordered with them;
// lines over two columns are parted.
void put_in_text_order(PdfPage& page, std::vector<bool>& running, bool right_to_left);

}  // namespace loccit
