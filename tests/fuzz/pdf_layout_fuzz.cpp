// Any bytes as what qpdf and poppler print of a PDF: its objects as JSON, a NUL, and the words with
// their boxes. Behind the child process nothing may crash either.
#include "base/text.h"
#include "documents/marked_text.h"
#include "documents/paged_text.h"
#include "documents/pdf_layout.h"
#include "documents/pdf_links.h"
#include "documents/pdf_pages.h"
#include "tests/fuzz/document_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = std::min(bytes.find('\0'), bytes.size());
  const std::string xhtml = loccit::repair_utf8(bytes.substr(std::min(cut + 1, bytes.size())));
  loccit::PdfLayout layout = loccit::parse_pdf_layout(xhtml);
  (void)loccit::add_links(layout, bytes.substr(0, cut), {});
  loccit::PagedText text = loccit::pdf_pages(layout);
  loccit::fuzzing::demand_sound(loccit::cite(loccit::mark_paged_text(std::move(text)), {}));
  return 0;
}
