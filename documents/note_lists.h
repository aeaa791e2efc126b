// Lists of notes at the end of a text or of its chapters: "Notes", "References", [1] and [RFC2119]
// lists.
#pragma once

#include <vector>

#include "documents/page_notes.h"
#include "documents/paged_text.h"

namespace loccit {

// Takes the lists out of the pages and gives their notes in order.
std::vector<PrintedNote> take_note_lists(PagedText& text);

}  // namespace loccit
