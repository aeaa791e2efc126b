// A quote and what the source has in its place, cut into pieces that agree or differ: what every
// form of report shows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "verifier/verdict.h"

namespace loccit {

enum class Mark {
  same,
  wording,  // differs
  meaning,  // differs, and what is said with it
  missing,  // of the quote: not at the source
  context,  // of the source: around the passage
};

struct Piece {
  std::string text;
  Mark mark = Mark::same;
};
using Pieces = std::vector<Piece>;

struct SideBySide {
  Pieces quoted;              // the whole quote
  std::vector<Pieces> found;  // one per passage, with what stands before and after it
};

// Offsets that point past their text (a report may come from elsewhere) mark nothing.
SideBySide side_by_side(std::string_view quote, const QuoteFinding& finding);

}  // namespace loccit
