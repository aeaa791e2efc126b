// Lines and columns of byte offsets in a text.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "documents/document.h"

namespace loccit {

// Cheap for offsets asked in order: each byte is then looked at once. `text` must outlive this.
class TextPlace {
 public:
  explicit TextPlace(std::string_view text) : text_(text) {}
  Location at(std::size_t offset);

 private:
  std::string_view text_;
  std::size_t offset_ = 0;
  int line_ = 1;
  int column_ = 1;
  std::vector<std::size_t> lines_{0};  // where each line up to the last place begins
};

}  // namespace loccit
