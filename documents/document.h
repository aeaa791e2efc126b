// A document's citations: what it quotes, where, and from which sources (loccit.manifest/1 as
// data).
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace loccit {

// Where in the document; 0 where the format has no such thing. Columns count code points, offset
// counts bytes of its text in UTF-8.
struct Location {
  int page = 0;
  int line = 0;
  int column = 0;
  std::size_t offset = 0;
  bool operator==(const Location&) const = default;
};

enum class SourceKind { web, account, unpublished, print, comment };

struct Source {
  std::string id;     // unique: the label, or label-2, …; link-1, … for links in running text
  std::string label;  // as printed
  std::string note;   // the note's text, unwrapped
  std::vector<std::string> urls;  // repaired, in reading order
  SourceKind kind = SourceKind::comment;
  bool translated = false;  // the note or the title declares a translation
  std::string refers_to;    // the id of the note that "ibid." or "supra" means
  Location location;
  std::vector<std::string> repairs;  // what was mended and why, for `extract --explain`
};

struct Citation {
  std::string id;  // c1, c2, … in document order
  std::vector<std::string> heading;
  std::string title;
  std::string place;
  std::string date;  // ISO 8601, or empty
  std::optional<std::string>
      quote;  // paragraphs parted by a blank line; nullopt: cites without quoting
  std::vector<std::string> sources;  // ids, at least one
  Location location;
  std::size_t part = 0;  // which of Document::parts it comes from
};

struct DocumentInfo {
  std::string title;
  std::string file;
  std::string sha256;  // hex
  std::string media_type;
};

// Something that looked like a note or URL and was not taken, or a part that could not be read.
struct Warning {
  std::string message;
  Location location;
};

struct Document {
  DocumentInfo info;
  std::vector<DocumentInfo> parts;  // only where several documents were put together for one check
  std::vector<Source> sources;
  std::vector<Citation> citations;
  std::vector<Warning> warnings;
};

struct DocumentHint {
  std::string file_name;    // tells the format where the bytes do not
  std::string media_type;   // from HTTP, or empty
  std::string base_url;     // for relative links of a fetched page
  std::string password;     // for an encrypted PDF
  bool notes_only = false;  // leave out links in running text
  // The text of another file that belongs to the document ("refs.bib", "chapters/one.tex"), by its
  // name there; empty where there is none. Without it a document is one file.
  std::function<std::string(const std::string& name)> companion = {};
};

// The door: bytes of any format we read to citations. Fails with unsupported (binary, unknown),
// empty, encrypted, too_large or malformed; a document that cites nothing is no failure.
Result<Document> read_document(Bytes content, const DocumentHint& hint,
                               const ReadLimits& limits = {});

const char* name(SourceKind kind);  // as in the manifest
std::optional<SourceKind> source_kind_from(std::string_view name);

}  // namespace loccit
