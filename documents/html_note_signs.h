// What markup says of notes by its roles, classes, names and ids, in the ways that occur.
#pragma once

#include <string_view>

#include "documents/markup_stream.h"

namespace loccit {

// An element that may be a note as a whole.
bool is_note_block(MarkupTag tag);

// Notes stand in it.
bool says_notes_section(const MarkupToken& token);
// It is, or holds, the mark of a note; a link back to one; raised by its style.
bool says_call(const MarkupToken& token, MarkupTag tag);
bool says_back(const MarkupToken& token);
bool says_raised(const MarkupToken& token);

// "fn3", "_ftn3", "cite_note-3", "ref-smith": ids that speak of notes.
bool speaks_of_a_note(std::string_view fragment);

// "↩", "^", "↑": a link back. Marks and arrows, and no letters.
bool is_arrow(std::string_view text);

}  // namespace loccit
