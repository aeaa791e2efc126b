// Where the words of a PDF stand on its pages, as poppler's pdftotext sees them, in reading order.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace loccit {

// In points, from the upper left corner of the page.
struct PdfBox {
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;
  double height() const { return bottom - top; }
};

struct PdfWord {
  PdfBox box;
  std::string text;
};

struct PdfLine {
  PdfBox box;
  std::size_t block = 0;       // counted through the file; lines of one block belong together
  std::vector<PdfWord> words;  // in logical order, also where they are written from right to left
};

struct PdfPage {
  double width = 0;
  double height = 0;
  std::vector<PdfLine> lines;
};

struct PdfLayout {
  std::string title;
  bool right_to_left = false;  // most of it
  std::vector<PdfPage> pages;
  std::string complaint;  // poppler's first, where the file is damaged and was read all the same
};

// What `pdftotext -bbox-layout` prints, valid UTF-8.
PdfLayout parse_pdf_layout(std::string_view xhtml);

// Runs pdftotext as a limited child. Fails with encrypted, malformed, timed_out, too_large, or
// not_found where poppler is not installed.
Result<PdfLayout> read_pdf_layout(Bytes pdf, std::string_view password, const ReadLimits& limits);

}  // namespace loccit
