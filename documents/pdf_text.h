// The text of a PDF in reading order: lines joined; running heads, page numbers, footnotes,
// headings and captions marked as furniture.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "documents/pdf_layout.h"
#include "documents/text_content.h"

namespace loccit {

TextContent pdf_text(PdfLayout layout, const ReadLimits& limits);

Result<TextContent> pdf_content(Bytes pdf, const ReadLimits& limits);

}  // namespace loccit
