#include "documents/text_place.h"

#include <algorithm>

namespace loccit {

Location TextPlace::at(std::size_t offset) {
  offset = std::min(offset, text_.size());
  if (offset < offset_) {  // back to the beginning of that line
    const auto after = std::ranges::upper_bound(lines_, offset);
    line_ = static_cast<int>(after - lines_.begin());
    offset_ = lines_[static_cast<std::size_t>(line_) - 1];
    column_ = 1;
  }
  for (; offset_ < offset; ++offset_) {
    const auto c = static_cast<unsigned char>(text_[offset_]);
    if (c == '\n') {
      ++line_;
      column_ = 1;
      if (lines_.size() < static_cast<std::size_t>(line_)) lines_.push_back(offset_ + 1);
    } else if ((c & 0xC0U) != 0x80U) {
      ++column_;
    }
  }
  return {0, line_, column_, offset};
}

}  // namespace loccit
