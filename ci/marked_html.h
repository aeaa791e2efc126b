// A quote and its source as HTML, with what differs marked.
#pragma once

#include <string>

#include "ci/side_by_side.h"

namespace loccit {

// Differing pieces in `tag` ("del", "ins"). A screen reader does not tell these two: `said`
// ("quoted", "found") stands before each, unseen.
std::string marked_html(const Pieces& pieces, const char* tag, const char* said);

}  // namespace loccit
