// Changes to a part's text that keep its calls, links and quotations where they belong.
#pragma once

#include <cstddef>
#include <vector>

#include "documents/marked_text.h"

namespace loccit {

// Takes the ranges, in order and apart, out of the text.
void erase_text(Part& part, const std::vector<TextRange>& ranges);

// Takes what stands before `end` out of `part`, which then begins with what stood at `next`.
Part split_text(Part& part, std::size_t end, std::size_t next);

// "[]", "[, ]", "(, p. 3)": what is left of brackets around calls.
void erase_empty_brackets(Part& part);

}  // namespace loccit
