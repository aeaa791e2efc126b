// Pleadings and manuscripts number their lines in the margin; a text layer has the numbers before
// the lines' words.
#pragma once

#include <vector>

#include "documents/plain_columns.h"

namespace loccit {

// Takes them off the lines of a page.
void drop_line_numbers(std::vector<SourceLine>& page);

}  // namespace loccit
