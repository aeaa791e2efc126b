#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "documents/docx_reader.h"
#include "documents/note_numbering.h"
#include "documents/readers.h"

namespace loccit {
namespace {

// Elements that hold no words of the text as it stands when all changes are accepted.
bool is_left_out(std::string_view name) {
  static constexpr std::array<std::string_view, 14> names = {
      "del",   "moveFrom", "delText", "delInstrText", "Fallback", "rt",      "rubyPr",
      "sdtPr", "sdtEndPr", "tblPr",   "trPr",         "tcPr",     "fldData", "rPrChange"};
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

Result<void> DocxReader::find_parts() {
  for (const auto& [id, relation] : docx_relations(file_, "", limits_)) {
    if (relation.type == "officeDocument" && !relation.is_external) {
      document_part_ = docx_part_name("", relation);
    }
  }
  if (!file_.has(document_part_)) {
    return fail(FailureKind::malformed, file_.describe(document_part_) + " is missing");
  }
  std::string styles_part;
  for (const auto& [id, relation] : docx_relations(file_, document_part_, limits_)) {
    if (relation.is_external) continue;
    const auto part = docx_part_name(document_part_, relation);
    if (relation.type == "styles") styles_part = part;
    if (relation.type == "settings") settings_part_ = part;
    if (relation.type == "footnotes") notes_parts_.push_back({part, "footnote"});
    if (relation.type == "endnotes") notes_parts_.push_back({part, "endnote"});
  }
  std::ranges::sort(notes_parts_, std::greater<>(), &NotesPart::element);  // footnotes first
  styles_ = docx_styles(file_, styles_part, limits_);
  survey_ = survey_docx(file_, document_part_, settings_part_, limits_);
  return {};
}

Result<MarkedText> DocxReader::read() {
  if (auto found = find_parts(); !found) return tl::unexpected<Failure>(found.error());
  relations_ = docx_relations(file_, document_part_, limits_);
  const auto& text = file_.part(document_part_);
  if (text.find("<w:lastRenderedPageBreak") != std::string::npos) place_.page = 1;
  XmlEvents xml(text, file_.describe(document_part_), limits_);
  while (xml.next()) {
    if (xml.kind() == XmlEventKind::start && xml.name() == "body") read_flow(xml);
  }
  end_paragraph();
  set_quotation(false);
  if (xml.failure() != nullptr) {
    if (builder_.is_empty()) return tl::unexpected<Failure>(*xml.failure());
    builder_.warn(xml.failure()->message + "; what stands before was read");
  }
  for (const auto& notes : notes_parts_) read_notes(notes);
  if (!builder_.has_title()) builder_.set_title(office_title(file_, "docProps/core.xml", limits_));
  return builder_.finish(false);
}

void DocxReader::read_notes(const NotesPart& notes) {
  if (!file_.has(notes.part)) return;
  relations_ = docx_relations(file_, notes.part, limits_);
  XmlEvents xml(file_.part(notes.part), file_.describe(notes.part), limits_);
  while (xml.next()) {
    if (xml.kind() != XmlEventKind::start || xml.name() != notes.element) continue;
    const auto type = xml.attribute("type");
    const auto key = docx_note_key(notes.element, xml.attribute("id"));
    // Separators are notes too; one that nothing calls was deleted under change tracking.
    if ((!type.empty() && type != "normal") || !builder_.is_called(key)) {
      xml.skip();
      continue;
    }
    builder_.begin_note(key, {}, note_places_[key], notes.element == "endnote" ? 1 : 0);
    read_flow(xml);
    end_paragraph();
    builder_.end_note();
  }
  if (xml.failure() != nullptr) {
    builder_.warn(xml.failure()->message + "; what stands before was read");
  }
}

void DocxReader::read_flow(XmlEvents& xml) {
  fields_.clear();
  hyperlinks_.clear();
  for (std::size_t depth = 1; depth > 0 && xml.next();) {
    if (xml.kind() == XmlEventKind::text) {
      if (in_text_) add_text(xml.text());
      if (in_code_ && !fields_.empty() && fields_.back().code.size() < 8192) {
        fields_.back().code += xml.text();
      }
    } else if (xml.kind() == XmlEventKind::end) {
      end(xml.name());
      --depth;
    } else if (is_left_out(xml.name())) {
      xml.skip();
    } else if (xml.name() == "pPr") {
      read_docx_properties(xml, paragraph_);
    } else if (xml.name() == "rPr") {
      read_docx_properties(xml, styles_, run_);
    } else {
      start(xml);
      ++depth;
    }
  }
}

void DocxReader::start(XmlEvents& xml) {
  if (!is_word(xml)) return;
  const auto name = xml.name();
  if (name == "p") {
    end_paragraph();
    paragraph_ = Paragraph{};
  } else if (name == "r") {
    run_ = Run{};
  } else if (name == "tc") {
    ++cells_;
  } else if (name == "hyperlink") {
    begin_paragraph();
    const auto relation = relations_.find(xml.attribute("id"));
    const bool begun = relation != relations_.end() && !is_silent() &&
                       begin_link(relation->second.target, xml.attribute("anchor"));
    hyperlinks_.push_back(begun);
  } else if (name == "fldSimple") {
    begin_paragraph();
    fields_.push_back({xml.attribute("instr"), false, {}, false});
    show_field_result();
  } else {
    start_in_run(xml);
  }
}

void DocxReader::start_in_run(const XmlEvents& xml) {
  const auto name = xml.name();
  if (name == "t") {
    in_text_ = true;
  } else if (name == "instrText") {
    in_code_ = true;
  } else if (name == "fldChar") {
    field_char(xml.attribute("fldCharType"));
  } else if (name == "footnoteReference" || name == "endnoteReference") {
    call_note(xml);
  } else if (name == "lastRenderedPageBreak" && !builder_.in_note()) {
    ++place_.page;
  } else if (name == "tab" || name == "ptab") {
    add_text(" ");
  } else if (name == "noBreakHyphen") {
    add_text("-");
  } else if ((name == "br" && xml.attribute("type").empty()) || name == "cr") {
    if (!is_silent()) builder_.add_line_break();
  }
}

void DocxReader::end(std::string_view name) {
  if (name == "p") {
    end_paragraph();
  } else if (name == "r") {
    end_run();
  } else if (name == "t") {
    in_text_ = false;
  } else if (name == "instrText") {
    in_code_ = false;
  } else if (name == "tc") {
    --cells_;
  } else if (name == "fldSimple") {
    end_field();
  } else if (name == "hyperlink" && !hyperlinks_.empty()) {
    if (hyperlinks_.back()) builder_.end_link();
    hyperlinks_.pop_back();
  }
}

void DocxReader::begin_paragraph() {
  if (paragraph_.is_begun || is_silent()) return;
  paragraph_.is_begun = true;
  if (joins_last_) {
    joins_last_ = false;
    return;
  }
  const auto& style =
      styles_.at(paragraph_.style.empty() ? styles_.default_id() : paragraph_.style);
  const auto level = paragraph_.level ? paragraph_.level : style.level;
  OfficeStyle indented = style;
  if (paragraph_.left) indented.indent_left = paragraph_.left;
  if (paragraph_.right) indented.indent_right = paragraph_.right;
  const bool is_heading = level.value_or(0) > 0 || style.is_title;
  // Lists are indented; there only the style's name tells.
  set_quotation(!is_heading && cells_ == 0 && !builder_.in_note() &&
                (paragraph_.is_listed ? style.is_quotation : is_quotation_paragraph(indented)));
  if (is_heading) {
    builder_.begin_part(PartKind::heading, style.is_title ? 1 : level.value_or(1), place_);
  } else if (style.is_code) {
    builder_.begin_part(PartKind::verbatim, 0, place_);
  } else if (cells_ > 0) {
    builder_.begin_part(PartKind::cell, 0, place_);
  } else {
    builder_.begin_part(
        paragraph_.is_listed && !in_quotation_ ? PartKind::list_item : PartKind::paragraph, 0,
        place_);
  }
}

void DocxReader::set_quotation(bool wanted) {
  if (wanted == in_quotation_ || builder_.in_note()) return;
  if (wanted) {
    builder_.begin_quotation();
  } else {
    builder_.end_quotation();
  }
  in_quotation_ = wanted;
}

void DocxReader::end_paragraph() {
  if (paragraph_.is_begun) {
    joins_last_ = paragraph_.joins_next;
    const auto& style = styles_.at(paragraph_.style);
    if (style.is_title && !builder_.has_title() && !builder_.in_note()) {
      builder_.set_title(builder_.words());
    }
    if (!joins_last_) builder_.end_part();
  }
  if (paragraph_.ends_section && section_ + 1 < survey_.sections.size()) {
    ++section_;
    if (survey_.sections[section_].footnotes.restarts_each_section) footnotes_ = 0;
    if (survey_.sections[section_].endnotes.restarts_each_section) endnotes_ = 0;
  }
  paragraph_ = Paragraph{};
}

bool DocxReader::is_silent() const {
  if (styles_.at(paragraph_.style).is_contents) return true;
  return std::ranges::any_of(fields_, [](const Field& field) {
    return !field.shows_result || field.meaning.kind == FieldKind::contents ||
           field.meaning.kind == FieldKind::note_reference;
  });
}

void DocxReader::add_text(std::string_view words) {
  if (!run_.custom_note.empty()) {
    run_.custom_mark += words;
    return;
  }
  if (run_.is_hidden || is_silent()) return;
  begin_paragraph();
  if (run_.is_raised) builder_.begin_raised();
  builder_.add_text(words);
  if (run_.is_raised) builder_.end_raised();
}

void DocxReader::call_note(const XmlEvents& xml) {
  if (is_silent()) return;
  begin_paragraph();
  const auto key = docx_note_key(xml.name(), xml.attribute("id"));
  note_places_.try_emplace(key, place_);
  const auto custom = xml.attribute("customMarkFollows");
  if (!custom.empty() && custom != "0" && custom != "false") {
    run_.custom_note = key;
    return;
  }
  const bool is_footnote = xml.name() == "footnoteReference";
  const auto& section = survey_.sections[std::min(section_, survey_.sections.size() - 1)];
  const auto& numbering = is_footnote ? section.footnotes : section.endnotes;
  int& count = is_footnote ? footnotes_ : endnotes_;
  builder_.add_call(key, note_number(numbering.start + count, numbering.format), place_);
  ++count;
}

void DocxReader::end_run() {
  if (!run_.custom_note.empty()) builder_.add_call(run_.custom_note, run_.custom_mark, place_);
  run_ = Run{};
}

Result<MarkedText> read_docx(Bytes content, const DocumentHint& hint, const ReadLimits& limits) {
  auto file = OfficeFile::open(content, hint.file_name, limits);
  if (!file) return tl::unexpected<Failure>(file.error());
  return DocxReader(*file, limits).read();
}

}  // namespace loccit
