// DOCX (ECMA-376 Part 1, WordprocessingML) as a citing document: real notes, hyperlink fields and
// relations, tracked changes as accepted, quotations by style or indentation.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "documents/docx_parts.h"
#include "documents/docx_properties.h"
#include "documents/field_code.h"
#include "documents/marked_text_builder.h"
#include "documents/office_file.h"

namespace loccit {

// Private to docx_document.cpp and docx_fields.cpp.
class DocxReader {
 public:
  DocxReader(const OfficeFile& file, const ReadLimits& limits)
      : file_(file), limits_(limits), builder_(limits) {}

  Result<MarkedText> read();

 private:
  struct Field {
    std::string code;
    bool shows_result = false;
    FieldCode meaning;
    bool is_open_link = false;
  };
  struct Paragraph : DocxParagraphProperties {
    bool is_begun = false;
  };
  struct Run : DocxRunProperties {
    std::string custom_note;  // whose mark the run's text is
    std::string custom_mark;
  };
  struct NotesPart {
    std::string part;
    std::string element;  // "footnote", "endnote"
  };

  Result<void> find_parts();
  void read_notes(const NotesPart& notes);
  // Reads w:body, w:footnote, …: all up to the end of the element that has just started.
  void read_flow(XmlEvents& xml);
  void start(XmlEvents& xml);
  void start_in_run(const XmlEvents& xml);
  void end(std::string_view name);
  void begin_paragraph();
  void end_paragraph();
  void end_run();
  void add_text(std::string_view words);
  void call_note(const XmlEvents& xml);
  void field_char(const std::string& type);
  void show_field_result();
  void end_field();
  bool begin_link(std::string url, const std::string& fragment);
  bool is_silent() const;
  void set_quotation(bool wanted);

  const OfficeFile& file_;
  const ReadLimits& limits_;
  MarkedTextBuilder builder_;
  std::string document_part_ = "word/document.xml";
  std::string settings_part_;
  std::vector<NotesPart> notes_parts_;
  OfficeStyles styles_;
  DocxSurvey survey_;
  DocxRelations relations_;  // of the part that is read

  Location place_;  // the page, where Word marked where its pages ended
  std::unordered_map<std::string, Location> note_places_;  // of their marks
  Paragraph paragraph_;
  Run run_;
  std::vector<Field> fields_;
  std::vector<bool> hyperlinks_;  // open w:hyperlink elements: whether a link was begun
  std::size_t section_ = 0;
  int footnotes_ = 0;  // numbered so far, in this section where it begins anew
  int endnotes_ = 0;
  int cells_ = 0;
  bool in_text_ = false;
  bool in_code_ = false;
  bool in_quotation_ = false;
  bool joins_last_ = false;
};

}  // namespace loccit
