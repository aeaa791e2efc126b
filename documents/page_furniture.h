// Headers, footers, page numbers, document symbols: what stands at the edges of pages and is no
// word of the text.
#pragma once

#include "documents/paged_text.h"

namespace loccit {

void remove_page_furniture(PagedText& text);

}  // namespace loccit
