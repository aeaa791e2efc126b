// What the parts of a DOCX file beside its text say: where the parts are, styles, relations, how
// notes are numbered.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "documents/office_file.h"
#include "documents/office_styles.h"
#include "documents/xml_events.h"

namespace loccit {

// Whether the element is WordprocessingML's own: transitional or strict (ECMA-376, ISO 29500).
bool is_word(const XmlEvents& xml);

struct DocxRelation {
  std::string type;  // the URI's last part: "hyperlink", "footnotes", …
  std::string target;
  bool is_external = false;
};
using DocxRelations = std::unordered_map<std::string, DocxRelation>;  // by id

// The relations of a part, from its own .rels file.
DocxRelations docx_relations(const OfficeFile& file, const std::string& part,
                             const ReadLimits& limits);

// Name of the part that `relation` of `part` means, inside the file.
std::string docx_part_name(const std::string& part, const DocxRelation& relation);

OfficeStyles docx_styles(const OfficeFile& file, const std::string& part, const ReadLimits& limits);

// Of w:ind, in twentieths of a point.
void read_docx_indent(const XmlEvents& xml, std::optional<int>& left, std::optional<int>& right);

struct NoteNumbering {
  std::string format = "decimal";
  int start = 1;
  bool restarts_each_section = false;
};
struct SectionNumbering {
  NoteNumbering footnotes;
  NoteNumbering endnotes;
};

// What has to be known of the text before it is read.
struct DocxSurvey {
  std::vector<SectionNumbering> sections;  // one at least
  std::unordered_map<std::string, std::string>
      notes_at_bookmarks;  // bookmark to the key of the note that is called in it
};
DocxSurvey survey_docx(const OfficeFile& file, const std::string& document_part,
                       const std::string& settings_part, const ReadLimits& limits);

std::string docx_note_key(std::string_view reference_element, const std::string& id);

}  // namespace loccit
