// A paragraph or note as printed, with the places of its marks and links, and as what unwrap() may
// work on.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "documents/page_notes.h"
#include "documents/paged_text.h"
#include "documents/paragraphs.h"
#include "documents/url_repair.h"

namespace loccit {

// Lines with "\n" between.
struct PrintedText {
  std::string text;
  std::vector<std::size_t> line_begins;  // offset in `text`
  std::vector<std::size_t> pages;        // page index, by line
  std::vector<TextRange> raised;         // in `text`, in order
  std::vector<LinkedWords> links;        // likewise, apart
  std::size_t line_at(std::size_t at) const;
};

PrintedText printed_text(const PrintedParagraph& paragraph);
PrintedText printed_text(const PrintedNote& note);

struct FoundMark {
  std::size_t begin = 0, end = 0;  // what is no text, the blank before it too
  std::size_t sign = 0;            // where its first digit or bracket stands
  std::vector<std::size_t>
      notes;  // indices of the notes; empty: a mark of the quoted text's own, that points nowhere
};

// What a link covers in a printed text, and what is to stand there.
struct LinkedRange {
  TextRange range;
  std::string url;
  std::optional<std::string> printed;  // closed up, where the URL itself is what is printed
};

// Printed URLs, and between them words that only link.
std::vector<LinkedRange> linked_ranges(const PrintedText& printed,
                                       const std::vector<FoundUrl>& urls);

// Stand in the text while it is unwrapped, so that positions survive; readers let no control
// characters through.
constexpr char mark_sign = '\x01';
constexpr char link_begin = '\x02';
constexpr char link_end = '\x03';

// Text with its links marked, printed URLs among them closed up, and its marks replaced by signs:
// what unwrap() may work on.
struct SignedText {
  std::string text;
  std::vector<std::size_t> marks;  // which one each sign stands for, in order
};

SignedText with_signs(const PrintedText& printed, const std::vector<FoundMark>& marks,
                      const std::vector<LinkedRange>& links);

}  // namespace loccit
