// "[1]" and raised figures typed by hand, and the list that they mean, where nothing links the two.
#pragma once

#include "documents/marked_text.h"

namespace loccit {

// The entries of such lists that the text calls become notes, and what calls them their marks.
void link_typed_notes(MarkedText& text);

}  // namespace loccit
