// A PDF's words and boxes as printed lines: the same to the core as plain text, but with sizes and
// superscripts.
#pragma once

#include "documents/paged_text.h"
#include "documents/pdf_layout.h"

namespace loccit {

PagedText pdf_pages(const PdfLayout& layout);

}  // namespace loccit
