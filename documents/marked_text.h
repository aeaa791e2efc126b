// What every reader of documents hands on, whatever its format: the parts in reading order, the
// notes, and where the parts call the notes. cite() turns it into sources and citations; no reader
// makes those itself.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "documents/document.h"
#include "documents/text_content.h"

namespace loccit {

// Byte offset in Part::text where a note's mark stood. The mark itself is no part of the text.
struct NoteCall {
  std::size_t at = 0;
  std::size_t note = 0;  // index in MarkedText::notes
  Location location;
};

// A link in running text (never a note's mark, a back link, a link inside the document or a
// relative one without base).
struct TextLink {
  std::size_t begin = 0, end = 0;  // its words in Part::text
  std::string url;                 // absolute; the reader resolved it
  Location location;
};

// Words that the format itself calls a quotation (<q>), without the quotation marks.
struct InlineQuotation {
  std::size_t begin = 0, end = 0;
  std::string cite;  // <q cite>
};

enum class PartKind {
  heading,
  paragraph,
  quotation,  // one paragraph of a block quotation; consecutive ones with the same `group` are one
              // quotation
  list_item,
  cell,
  verbatim,  // code, artwork: never a quote; calls in it count
};

struct Part {
  PartKind kind = PartKind::paragraph;
  int level = 0;  // heading: 1 is the highest, 0 unknown (ranked by its numbering); else unused
  int group = 0;  // quotation: which block quotation
  int gap_after =
      0;  // blank lines after it where the format has lines: tells a heading from a title
  std::string text;             // UTF-8, one line, no marks; blanks collapsed
  std::vector<NoteCall> calls;  // in order
  std::vector<TextLink> links;  // in order
  std::vector<InlineQuotation> quotations;
  std::vector<TextRange> raised;  // superscripts that call no linked note: exponents, ordinals, old
                                  // or unlinked marks
  std::vector<TextRange> code;    // inline code: its quotation marks quote nobody
  std::string cite;               // quotation: <blockquote cite>, absolute
  bool attribution = false;  // "— Name" or <cite> after a block quotation of the same group: names
                             // its source and is no word of it
  Location location;
};

struct Note {
  std::string label;  // as printed, without the brackets or stop around it: "1", "RFC2119", "*"
  std::string text;   // unwrapped; "\n" marks a printed line break that url_repair may need, and is
                      // a blank otherwise
  std::vector<std::string>
      links;  // link targets of the format inside the note, absolute, in order, no back links
  bool links_are_complete = false;  // the format links every URL it prints (HTML): bare text is not
                                    // searched for more where links is not empty
  std::vector<std::size_t> cites;   // notes that this one calls in its own text
  int series = 0;  // notes with a numbering of their own: "ibid." means the last one of its series
  Location location;
  std::vector<std::string> repairs;
};

struct MarkedText {
  std::string title;
  bool title_is_no_heading = false;  // the format has it apart: the first heading is none
  std::string language;              // ISO 639-1, or empty: detected where needed
  std::vector<Part> parts;
  std::vector<Note>
      notes;  // in document order; a note that nothing calls is a source without a citation
  std::vector<Warning> warnings;
};

// Sources from the notes (ids, kinds, URLs, ibid.) and from links in running text; citations from
// the calls: statements under a title or a place-and-date line, block quotations, words in
// quotation marks, or no quote at all.
Document cite(MarkedText text, const DocumentHint& hint);

}  // namespace loccit
