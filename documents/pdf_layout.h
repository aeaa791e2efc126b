// Where the words of a PDF stand on its pages, as poppler's pdftotext sees them, in reading order.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "documents/text_content.h"

namespace loccit {

// In points, from the upper left corner of the page.
struct PdfBox {
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;
  double height() const { return bottom - top; }
};

constexpr std::size_t no_link = static_cast<std::size_t>(-1);

struct PdfWord {
  PdfBox box;
  std::string text;
  std::size_t link = no_link;  // index in PdfPage::links
  TextRange linked = {};       // the part of the text that it covers
};

struct PdfLine {
  PdfBox box;
  std::size_t block = 0;       // counted through the file; lines of one block belong together
  std::vector<PdfWord> words;  // in logical order, also where they are written from right to left
};

// A link annotation.
struct PdfLink {
  std::string url;            // as the file has it
  std::vector<PdfBox> boxes;  // one or more a line
};

struct PdfPage {
  double width = 0;
  double height = 0;
  std::vector<PdfLine> lines;
  std::vector<PdfLink> links = {};  // to the outside, in the file's order
};

struct PdfLayout {
  std::string title;
  bool right_to_left = false;  // most of it
  std::vector<PdfPage> pages;
  std::string complaint;  // poppler's first, where the file is damaged and was read all the same
};

// What `pdftotext -bbox-layout` prints, valid UTF-8.
PdfLayout parse_pdf_layout(std::string_view xhtml);

// Makes one line of what stands in one row for a reader: pieces of justified lines, words in
// another font, capitals that begin a paragraph over two lines.
void join_rows(PdfPage& page);

// Seen in a mirror a page that is read from right to left has its margins, indents and columns
// where the others have them.
void mirror(PdfPage& page);

// Runs pdftotext as a limited child. Fails with encrypted, malformed, timed_out, too_large, or
// not_found where poppler is not installed.
Result<PdfLayout> read_pdf_layout(Bytes pdf, std::string_view password, const ReadLimits& limits);

}  // namespace loccit
