// How a DOCX paragraph or run is set, as far as it matters for what it is.
#pragma once

#include <optional>
#include <string>

#include "documents/office_styles.h"
#include "documents/xml_events.h"

namespace loccit {

struct DocxParagraphProperties {
  std::string style;
  std::optional<int> level, left, right;
  bool is_listed = false;
  bool joins_next = false;  // its end was deleted under change tracking
  bool ends_section = false;
};

struct DocxRunProperties {
  bool is_raised = false;
  bool is_hidden = false;
};

// Read up to the end of the w:pPr or w:rPr that has just started.
void read_docx_properties(XmlEvents& xml, DocxParagraphProperties& paragraph);
void read_docx_properties(XmlEvents& xml, const OfficeStyles& styles, DocxRunProperties& run);

}  // namespace loccit
