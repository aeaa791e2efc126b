// The headings that stand over a part, from the highest down; ranks come from the format or from
// the numbering.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace loccit {

struct PrintedHeading {
  std::string_view text;
  int level = 0;  // of the format; 0 where it has none
};

class HeadingPath {
 public:
  // Headings that follow one another with nothing between: of equal rank, the later stands under
  // the earlier.
  void enter(const std::vector<PrintedHeading>& run);
  std::vector<std::string> path() const;

 private:
  struct Entry {
    int rank = 0;
    std::string text;
  };
  int rank_of(const PrintedHeading& heading);

  std::vector<Entry> entries_;
  char last_letter_ = 0;  // of "A.", "B.": tells "I." the letter from "I." the numeral
};

}  // namespace loccit
