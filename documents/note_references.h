// "Ibid.", "Id.", "supra note 3", "see note 3 above": notes that mean another note.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "documents/document.h"

namespace loccit {

// Ids from labels, in document order: the label where it is unique, else label, label-2, label-3, …
std::vector<std::string> unique_ids(const std::vector<std::string>& labels);

// Sets refers_to, and takes over the URLs (and the kind) of the note that is meant where the note
// gives no URL itself. `sources` are the notes in document order, with their ids.
void resolve_references(std::vector<Source>& sources);

}  // namespace loccit
