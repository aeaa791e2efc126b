// The link annotations of a PDF, placed over its words.
#pragma once

#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "documents/pdf_layout.h"

namespace loccit {

// `objects`: what `qpdf --json=2` writes of the PDF. Each page gets its links to the outside
// (PdfPage::links), and each word that one of their boxes covers is told so (PdfWord::link). Fails
// with malformed where the JSON is none.
Result<void> add_links(PdfLayout& layout, std::string_view objects, const ReadLimits& limits);

// Runs qpdf as a limited child, and the above.
Result<void> read_links(PdfLayout& layout, Bytes pdf, const std::string& password,
                        const ReadLimits& limits);

}  // namespace loccit
