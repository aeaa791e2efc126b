// Lines as poppler places them, made by hand.
#pragma once

#include <algorithm>
#include <string>

#include "documents/pdf_layout.h"

namespace loccit::testing {

inline PdfLine line(double left, double top, const std::string& text, double height = 10,
                    std::size_t block = 0) {
  constexpr double letter = 5;  // points: its width, and a blank's
  PdfLine line;
  line.box = {left, top, left, top + height};
  line.block = block;
  double at = left;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const double width = static_cast<double>(end - begin) * letter;
    line.words.push_back({{at, top, at + width, top + height}, text.substr(begin, end - begin)});
    line.box.right = at + width;
    at += width + letter;
    begin = end + 1;
  }
  return line;
}

}  // namespace loccit::testing
