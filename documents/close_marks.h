// Marks of two notes that are set close together, "⁸⁹": to the eye one number.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "documents/mark_candidates.h"

namespace loccit {

// "89" set high becomes two candidates where there are notes 8 and 9 and no note 89.
std::vector<MarkCandidate> part_marks_set_close(
    std::vector<MarkCandidate> candidates, const std::vector<PrintedText>& paragraphs,
    const std::function<bool(const std::string& label)>& is_note);

}  // namespace loccit
