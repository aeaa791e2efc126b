#include <string>

#include "documents/paged_text.h"
#include "documents/pdf_layout.h"
#include "documents/pdf_links.h"
#include "documents/pdf_pages.h"
#include "documents/readers.h"

namespace loccit {
namespace {

// A page without words among others was scanned, or is blank.
void warn_of_empty_pages(PagedText& text, const PdfLayout& layout) {
  std::string pages;
  std::size_t count = 0;
  for (std::size_t p = 0; p < layout.pages.size(); ++p) {
    if (!layout.pages[p].lines.empty()) continue;
    if (++count <= 10) pages += (pages.empty() ? "" : ", ") + std::to_string(p + 1);
  }
  if (count == 0) return;
  text.warnings.push_back({"no text on page " + pages + (count > 10 ? " and others" : "") +
                               ": blank, or scanned and without text recognition",
                           {}});
}

}  // namespace

Result<MarkedText> read_pdf_document(Bytes content, const DocumentHint& hint,
                                     const ReadLimits& limits) {
  Result<PdfLayout> layout = read_pdf_layout(content, hint.password, limits);
  if (!layout) return tl::unexpected<Failure>(layout.error());
  const Result<void> links = read_links(*layout, content, hint.password, limits);
  PagedText text = pdf_pages(*layout);
  bool has_words = false;
  for (const PrintedPage& page : text.pages) has_words = has_words || !page.lines.empty();
  if (!has_words && !layout->complaint.empty())
    return fail(FailureKind::malformed,
                "the PDF is damaged, and no text could be read in it: " + layout->complaint);
  if (!has_words) {
    return fail(
        FailureKind::empty,
        "the PDF has pages but no text: it was scanned; run text recognition (OCR) on it first");
  }
  if (!layout->complaint.empty())
    text.warnings.push_back(
        {"the PDF is damaged; what could be read was read: " + layout->complaint, {}});
  warn_of_empty_pages(text, *layout);
  if (!links)
    text.warnings.push_back(
        {"the PDF's links could not be read; words that only link to their source are not taken, "
         "and broken URLs are joined by their shape alone: " +
             links.error().message,
         {}});
  return mark_paged_text(std::move(text));
}

}  // namespace loccit
