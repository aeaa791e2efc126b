// The words of a page or file as a reader sees them: what quotes are looked for in.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace loccit {

// Byte offsets into TextContent::text, end exclusive.
struct TextRange {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool operator==(const TextRange&) const = default;
};

enum class BlockKind {
  paragraph,
  heading,
  list_item,
  cell,
  caption,
  preformatted,
  quotation,
  navigation,
  page_furniture
};

struct Block {
  BlockKind kind = BlockKind::paragraph;
  TextRange range;
};

// A stretch that is on the page but is no word of its text: a match may step over it. What lies in
// one stands all the same: a quote may be of a caption.
enum class SkipKind { note_mark, page_furniture };
struct Skip {
  SkipKind kind = SkipKind::note_mark;
  TextRange range;
};

struct Link {
  std::string url;  // as written, not resolved
  TextRange range;  // its text; empty for <link>
  std::string rel;
  std::string language;  // hreflang
};

struct TextContent {
  std::string text;  // valid UTF-8; blocks are parted by "\n", runs of blanks are one blank (not in
                     // preformatted); in a PDF's blocks "-\n" is a hyphen at a line's end, which
                     // may be the line's or the word's
  std::vector<Block> blocks;  // in order, not overlapping, covering all of text but the separators
  std::vector<Skip> skips;    // by their beginnings; one may lie in another
  std::vector<Link> links;    // in order
  std::string title;
  std::vector<std::string>
      unseen;  // meta description, JSON-LD texts: words that stand on the page but not visibly
  std::string charset;  // what the bytes were read as
  std::string
      language;  // declared (lang=, Content-Language) or "", lower case, primary subtag first
  std::string base_url;  // <base href>, what links are relative to before the page's own address
  std::string canonical_url;  // <link rel=canonical>
  std::string refresh_url;    // <meta http-equiv=refresh>, as written; empty if none
  int refresh_seconds = 0;
  bool has_password_field = false;  // a login form
  bool truncated = false;           // a limit struck; text holds what was read before
};

// `media_type` may carry a charset parameter ("text/html; charset=utf-8"); "" or a lying one is
// corrected from the bytes. HTML, XHTML, XML, RSS, plain text, JSON, PDF, DOCX, ODT. Anything else
// fails with unsupported and names the type.
Result<TextContent> read_text(Bytes content, std::string_view media_type,
                              const ReadLimits& limits = {});

// What the bytes are, whatever their label says: "text/html", "application/pdf", …; `label` decides
// where bytes cannot.
std::string sniff_media_type(Bytes content, std::string_view label);

}  // namespace loccit
