// Which words in a paragraph of running prose a note or link belongs to.
#pragma once

#include <cstddef>
#include <vector>

#include "documents/marked_text.h"

namespace loccit {

// One place in a paragraph where one or several notes are called, or where a link stands.
struct CitedPlace {
  std::size_t begin = 0, end = 0;  // a call: both where its mark stood; a link: its words
  std::vector<std::size_t> notes;  // indices in MarkedText::notes; empty for a link
  std::size_t link = 0;            // index in Part::links
  Location location;
  bool is_link() const { return notes.empty(); }
};

// Places in order. Calls with nothing but a comma between them are one place.
std::vector<CitedPlace> cited_places(const Part& part, bool with_links);

struct QuotedWords {
  std::size_t begin = 0, end = 0;  // in Part::text
};

// For each place the quotations that it cites, in order: those that lead up to it, else the one
// that it introduces. Most places cite without quoting.
std::vector<std::vector<QuotedWords>> quotes_of_places(const Part& part,
                                                       const std::vector<CitedPlace>& places);

// Where the paragraph's last sentence begins: marks after it are that sentence's.
std::size_t begin_of_last_sentence(const Part& part);

}  // namespace loccit
