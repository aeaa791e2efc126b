// Everything in running text that has the form of a note's mark, with how much it looks like one.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "documents/note_marks.h"

namespace loccit {

enum class MarkShape { raised, bracketed, parenthesized, glued, alone, parted, slashed, symbol };

struct MarkCandidate {
  std::size_t paragraph = 0;
  std::size_t begin = 0, end = 0;  // its signs in PrintedText::text
  std::size_t page = 0;
  std::string content;  // between the brackets, or the digits
  MarkShape form = MarkShape::glued;
  double score = 0;  // 5 and more: believable alone; below: only where the sequence wants it
};

// In reading order.
std::vector<MarkCandidate> mark_candidates(const std::vector<PrintedText>& paragraphs);

}  // namespace loccit
