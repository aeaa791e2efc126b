// Citing documents in HTML, and in what is turned into the same stream of elements: Markdown.
#pragma once

#include <string>

#include "documents/marked_text.h"
#include "documents/markup_stream.h"

namespace loccit {

// Reads the stream twice: what the notes are, then the text.
MarkedText read_markup(const MarkupSource& source, const DocumentHint& hint,
                       const ReadLimits& limits);

}  // namespace loccit
