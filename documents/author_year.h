// "(Quill, 2020, p. 7)": marks that name author and year, for a list of works without labels.
#pragma once

#include "documents/marked_text.h"

namespace loccit {

// The entries of such a list that the text calls become notes ("Quill 2020"), and the names that
// call them their marks; entries that nothing calls stay as they are.
void link_authors_and_years(MarkedText& text);

}  // namespace loccit
