// "Ibid.", "Id.", "supra note 3", "see note 3 above": notes that mean another note.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "documents/marked_text.h"

namespace loccit {

// Ids from labels, in document order: the label where it is unique, else label, label-2, label-3, …
// No label makes "note", "note-2", …
std::vector<std::string> unique_ids(std::vector<std::string> labels);

// Sets refers_to, and takes over the URLs (and the kind) of the note that is meant, whether words
// say which or a mark does (Note::cites). `sources` are those of `notes`, one for each.
void resolve_references(std::vector<Source>& sources, const std::vector<Note>& notes);

}  // namespace loccit
