// The link annotations of a PDF, as poppler's pdfinfo lists them.
#pragma once

#include <string_view>

#include "documents/paged_text.h"

namespace loccit {

// `listing`: what `pdfinfo -url` prints, "Page  Type  URL" a line. Each target goes to its page,
// once.
void add_link_targets(PagedText& text, std::string_view listing);

}  // namespace loccit
