// URLs that a text prints and does not link.
#pragma once

#include "documents/marked_text.h"

namespace loccit {

// Makes links of them, in parts that are no code.
void link_printed_urls(MarkedText& text);

}  // namespace loccit
