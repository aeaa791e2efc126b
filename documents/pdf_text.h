// The text of a PDF in reading order: lines joined, running heads, page numbers and footnotes
// marked as furniture.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "documents/pdf_layout.h"
#include "documents/text_content.h"

namespace loccit {

Result<TextContent> pdf_content(Bytes pdf, const ReadLimits& limits);

// Of each line of each page, in order: does it stand there because of the page and not of the text?
std::vector<std::vector<bool>> find_page_furniture(const PdfLayout& layout);

}  // namespace loccit
