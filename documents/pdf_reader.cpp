#include <charconv>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/process.h"
#include "documents/code_points.h"
#include "documents/paged_text.h"
#include "documents/pdf_layout.h"
#include "documents/pdf_pages.h"
#include "documents/readers.h"

namespace loccit {
namespace {

// `pdfinfo -url` prints "Page  Type  URL" a line. Without it the document is read all the same,
// only broken URLs are less sure.
void add_annotations(PagedText& text, Bytes pdf, const DocumentHint& hint,
                     const ReadLimits& limits) {
  std::vector<std::string> argv = {"pdfinfo", "-url"};
  if (!hint.password.empty()) argv.insert(argv.end(), {"-upw", hint.password});
  argv.emplace_back("/dev/stdin");
  const auto listed = run_child(argv, pdf, {.max_time = limits.max_time, .max_output = 16U << 20U});
  if (!listed || listed->exit_code != 0) {
    text.warnings.push_back(
        {"the PDF's link annotations could not be read; broken URLs are joined by their shape "
         "alone",
         {}});
    return;
  }
  std::unordered_map<std::size_t, std::vector<PrintedPage*>> columns;
  for (PrintedPage& page : text.pages) columns[page.sheet].push_back(&page);
  std::unordered_set<std::string> seen;
  for (std::string_view rest = listed->output; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = trimmed(rest.substr(0, end));
    rest = end < rest.size() ? rest.substr(end + 1) : std::string_view{};
    std::size_t page = 0;
    const auto number = std::from_chars(line.data(), line.data() + line.size(), page);
    const std::size_t url = line.rfind(' ');
    const auto on_page = columns.find(page);
    if (number.ec != std::errc{} || on_page == columns.end() || url == std::string_view::npos)
      continue;
    const std::string target(line.substr(url + 1));
    if (target.find("://") == std::string::npos ||
        !seen.insert(std::to_string(page) + " " + target).second)
      continue;
    on_page->second.front()->annotations.push_back(target);
  }
}

}  // namespace

Result<MarkedText> read_pdf_document(Bytes content, const DocumentHint& hint,
                                     const ReadLimits& limits) {
  const Result<PdfLayout> layout = read_pdf_layout(content, hint.password, limits);
  if (!layout) return tl::unexpected<Failure>(layout.error());
  PagedText text = pdf_pages(*layout);
  bool has_words = false;
  for (const PrintedPage& page : text.pages) has_words = has_words || !page.lines.empty();
  if (!has_words) {
    return fail(
        FailureKind::empty,
        "the PDF has pages but no text: it was scanned; run text recognition (OCR) on it first");
  }
  add_annotations(text, content, hint, limits);
  return mark_paged_text(std::move(text));
}

}  // namespace loccit
