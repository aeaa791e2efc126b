// The marks of notes in running text: which digits, brackets and stars call a note, and which only
// look so.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "documents/page_notes.h"
#include "documents/paged_text.h"
#include "documents/word_mending.h"

namespace loccit {

// A paragraph as printed: its lines with "\n" between.
struct PrintedText {
  std::string text;
  std::vector<std::size_t> line_begins;  // offset in `text`
  std::vector<std::size_t> pages;        // page index, by line
  std::vector<ByteRange> raised;         // in `text`, in order
  std::size_t line_at(std::size_t at) const;
};

struct FoundMark {
  std::size_t begin = 0, end = 0;  // what is no text, the blank before it too
  std::size_t sign = 0;            // where its first digit or bracket stands
  std::vector<std::size_t>
      notes;  // indices of the notes; empty: a mark of the quoted text's own, that points nowhere
};

// For each paragraph its marks in order.
std::vector<std::vector<FoundMark>> find_marks(const std::vector<PrintedText>& paragraphs,
                                               const std::vector<PrintedNote>& notes,
                                               const Vocabulary& vocabulary);

}  // namespace loccit
