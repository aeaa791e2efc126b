// The numbers of list items: "1." and "b)" at the beginning of a line. A browser prints them and
// its text does not have them; a PDF has them as words.
#pragma once

#include <string_view>
#include <vector>

#include "documents/text_content.h"
#include "verifier/quoted_marks.h"

namespace loccit {

// Labels at the beginning of the text and of each line of it, in order, with the blank after them;
// and those that count on from there, after the sentences of one line ("1. … 2. …").
std::vector<TextRange> list_labels_of_quote(std::string_view quote);
// The same of blocks.
std::vector<TextRange> list_labels_of_source(const TextContent& content);

// Whether each label of the quote, which was folded without, is the one that the source has there,
// or belongs to a list item that has none. Both places have the same letters.
bool list_labels_agree(const FoldedPlace& quote, const FoldedPlace& source,
                       const TextContent& content);

}  // namespace loccit
