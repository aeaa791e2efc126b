// Notes and links as sources.
#pragma once

#include <string>
#include <vector>

#include "documents/marked_text.h"

namespace loccit {

// One for each note, in order, with ids, URLs, kinds, and what "ibid." and "supra" mean.
std::vector<Source> sources_of_notes(const std::vector<Note>& notes);

// Appends "link-n" and gives its id.
std::string add_link_source(Document& document, const Part& part, const TextLink& link);

}  // namespace loccit
