// What a printed line looks like: the end of a sentence, an item of a list, a drawing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "documents/paged_text.h"

namespace loccit {

// The text without a note's mark at its end, so that its last character is the sentence's.
std::string_view without_mark(std::string_view text);

// With its mark and closing quotation marks aside.
bool ends_a_sentence(std::string_view text);

// "1.", "(2)", "b)", "•": what paragraphs and list items are counted with.
struct Enumerator {
  int number = 0;  // 0 for a bullet; letters count from 1
  bool bullet = false;
};

std::optional<Enumerator> enumerator_at_start(std::string_view text);

// "II" or "A." centred over a part: a heading of its own, even right under another.
bool is_lone_numeral(std::string_view text);

// Without the arrow at its end that leads back from a note to its mark ("↩", "↩︎", "↑").
std::string_view without_way_back(std::string_view line);

// "2      Findings", "IV.     Facts": where the words begin after a number and wide blanks; 0 for
// any other line.
std::size_t end_of_heading_number(std::string_view line);

// What a running line keeps from page to page: "Page 3 of 10" and "Page 4 of 10" are one, with "#"
// for each number; those of an address are no counts, and two notes may differ in nothing else.
std::string without_counts(std::string_view line);

// A row of dots to a page number, a drawing, a table: nothing that anybody says.
bool is_artwork(const PrintedLine& line);

}  // namespace loccit
