// What each command and environment of LaTeX and its usual packages means to a reader of citations.
#pragma once

#include <string_view>

namespace loccit {

enum class LatexMeaning {
  unknown,  // its name is no word; its arguments are text
  skip,     // `arguments` of it are no words of the text
  heading,
  title,
  note,  // \footnote
  note_mark,
  note_text,
  note_of_entry,  // \footcite
  thanks,
  link,  // \href
  url,
  doi,
  cite,
  cite_many,
  quotation_marks,   // \enquote
  quote_and_source,  // \textquote
  quote_and_key,     // \textcquote
  block_and_source,  // \blockquote
  block_and_key,     // \blockcquote
  epigraph,
  raised,
  item,
  entry,  // \bibitem
  caption,
  input,
  bibliography,
  macro,      // \newcommand
  primitive,  // \def
  verbatim,   // \verb
  paragraph,
  line_break,
  begin,
  end,
  set_counter,
};

struct LatexCommand {
  LatexMeaning meaning = LatexMeaning::unknown;
  int arguments = 0;  // skip: how many; quotations: how many before the words; heading: its level
};
LatexCommand latex_command(std::string_view name);

enum class LatexScope { plain, unread, quotation, table, bibliography, document };

struct LatexEnvironment {
  LatexScope scope = LatexScope::plain;
  int arguments = 0;  // that are no words of the text
};
LatexEnvironment latex_environment(std::string_view name);

}  // namespace loccit
