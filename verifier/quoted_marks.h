// Note marks that a quote keeps ("late.[17] It was"): the source's own, or nobody's.
#pragma once

#include <string_view>

#include "verifier/folding.h"
#include "verifier/search.h"

namespace loccit {

struct FoldedPlace {
  std::string_view text;
  const FoldedText& folded;  // without its note marks
  TokenSpan words;
};

// Both places have the same letters. A mark of the quote must be the one that the source has there,
// where it has one; the document's own mark stands where the source has none. A mark at the end
// that the source has some words further off says that those words were left out, and so does one
// at the beginning where the source has marks about.
bool note_marks_agree(const FoldedPlace& quote, const FoldedPlace& source);

}  // namespace loccit
