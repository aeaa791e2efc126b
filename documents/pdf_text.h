// The text of a PDF in reading order: lines joined, running heads, page numbers and footnotes
// marked as furniture.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "documents/text_content.h"

namespace loccit {

Result<TextContent> pdf_content(Bytes pdf, const ReadLimits& limits);

}  // namespace loccit
