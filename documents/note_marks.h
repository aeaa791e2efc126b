// The marks of notes in running text: which digits, brackets and stars call a note, and which only
// look so.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "documents/page_notes.h"
#include "documents/printed_text.h"
#include "documents/word_mending.h"

namespace loccit {

// For each paragraph its marks in order.
std::vector<std::vector<FoundMark>> find_marks(const std::vector<PrintedText>& paragraphs,
                                               const std::vector<PrintedNote>& notes,
                                               const Vocabulary& vocabulary);

}  // namespace loccit
