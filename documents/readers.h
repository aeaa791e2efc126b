// The readers, one per format; read_document() picks one by what the bytes are. A reader fails only
// where nothing can be read; a part that cannot be read is a warning.
#pragma once

#include "documents/document.h"
#include "documents/marked_text.h"

namespace loccit {

using DocumentReader = Result<MarkedText>(Bytes content, const DocumentHint& hint,
                                          const ReadLimits& limits);

DocumentReader read_plain_text;
DocumentReader read_pdf_document;
DocumentReader read_html;
DocumentReader read_markdown;
DocumentReader read_docx;
DocumentReader read_odt;
DocumentReader read_latex;
DocumentReader read_rst;

}  // namespace loccit
