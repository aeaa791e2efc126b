// Printed lines on pages, with where they stand: what plain text and PDF have in common. The core
// finds the notes, their marks and the paragraphs in them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "documents/marked_text.h"

namespace loccit {

// Words that the format links, without showing where to.
struct LinkedWords {
  TextRange range;
  std::string url;
};

struct PrintedLine {
  std::string text;  // valid UTF-8 without control characters; no blanks at the ends
  double left =
      0;  // of its first character, in columns (PDF: points over the width of an average character)
  double right = 0;               // of its last
  int gap = 0;                    // blank lines before it; a page's first line has none
  double type_size = 0;           // 0 where the format has no such thing
  std::vector<TextRange> raised;  // superscripts
  std::vector<LinkedWords> links;
  Location location;  // of its first character
};

// A page, or one column of it.
struct PrintedPage {
  std::size_t sheet = 0;  // the columns of one page have one number; they rise
  std::vector<PrintedLine> lines;
  std::vector<std::string> annotations;  // targets of its links, each once, in order
};

struct PagedText {
  std::string title;
  std::vector<PrintedPage> pages;
  bool pages_are_known = false;  // the format says where pages end; else they were guessed
  std::vector<Warning> warnings;
};

MarkedText mark_paged_text(PagedText text);

// The line from `at` on, its superscripts and links too.
PrintedLine rest_of_line(PrintedLine line, std::size_t at);

// "_____" or "-----" between a page's text and its notes.
bool is_rule(std::string_view line);

}  // namespace loccit
