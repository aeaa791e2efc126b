#include "documents/docx_parts.h"

#include <charconv>
#include <optional>

namespace loccit {
namespace {

std::optional<int> number(const std::string& text) {
  double value = 0;  // "720" and, by some writers, "720.5"
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec != std::errc() || value < -100000 || value > 100000) return std::nullopt;
  return static_cast<int>(value);
}

bool is_on(const XmlEvents& xml) {
  const auto value = xml.attribute("val");
  return value != "0" && value != "false" && value != "none" && value != "off";
}

// Reads w:footnotePr or w:endnotePr, which has just started.
void read_note_properties(XmlEvents& xml, NoteNumbering& numbering) {
  const std::string own(xml.name());
  while (xml.next() && !(xml.kind() == XmlEventKind::end && xml.name() == own)) {
    if (xml.kind() != XmlEventKind::start) continue;
    if (xml.name() == "numFmt") numbering.format = xml.attribute("val");
    if (xml.name() == "numStart") numbering.start = number(xml.attribute("val")).value_or(1);
    if (xml.name() == "numRestart")
      numbering.restarts_each_section = xml.attribute("val") == "eachSect";
  }
}

SectionNumbering default_numbering(const OfficeFile& file, const std::string& settings_part,
                                   const ReadLimits& limits) {
  SectionNumbering numbering;
  numbering.endnotes.format = "lowerRoman";
  XmlEvents xml(file.part(settings_part), file.describe(settings_part), limits);
  while (file.has(settings_part) && xml.next()) {
    if (xml.kind() != XmlEventKind::start) continue;
    if (xml.name() == "footnotePr") read_note_properties(xml, numbering.footnotes);
    if (xml.name() == "endnotePr") read_note_properties(xml, numbering.endnotes);
  }
  return numbering;
}

}  // namespace

bool is_word(const XmlEvents& xml) {
  return xml.space() == "http://schemas.openxmlformats.org/wordprocessingml/2006/main" ||
         xml.space() == "http://purl.oclc.org/ooxml/wordprocessingml/main";
}

std::string docx_note_key(std::string_view reference_element, const std::string& id) {
  return (reference_element.starts_with("endnote") ? "e" : "f") + id;
}

DocxRelations docx_relations(const OfficeFile& file, const std::string& part,
                             const ReadLimits& limits) {
  const auto slash = part.rfind('/');
  const auto folder = slash == std::string::npos ? std::string() : part.substr(0, slash + 1);
  const auto name = folder + "_rels/" + part.substr(folder.size()) + ".rels";
  DocxRelations relations;
  if (!file.has(name)) return relations;
  XmlEvents xml(file.part(name), file.describe(name), limits);
  while (xml.next()) {
    if (xml.kind() != XmlEventKind::start || xml.name() != "Relationship") continue;
    const auto type = xml.attribute("Type");
    relations[xml.attribute("Id")] = {type.substr(type.rfind('/') + 1), xml.attribute("Target"),
                                      xml.attribute("TargetMode") == "External"};
  }
  return relations;
}

std::string docx_part_name(const std::string& part, const DocxRelation& relation) {
  if (relation.target.starts_with('/')) return relation.target.substr(1);
  const auto slash = part.rfind('/');
  auto folder = slash == std::string::npos ? std::string() : part.substr(0, slash + 1);
  std::string_view target = relation.target;
  while (target.starts_with("../") || target.starts_with("./")) {
    if (target[1] == '.' && folder.size() > 1)
      folder.erase(folder.rfind('/', folder.size() - 2) + 1);
    target.remove_prefix(target[1] == '.' ? 3 : 2);
  }
  return folder + std::string(target);
}

OfficeStyles docx_styles(const OfficeFile& file, const std::string& part,
                         const ReadLimits& limits) {
  OfficeStyles styles;
  if (!file.has(part)) return styles;
  XmlEvents xml(file.part(part), file.describe(part), limits);
  std::string id;
  OfficeStyle style;
  while (xml.next()) {
    if (xml.kind() == XmlEventKind::end && xml.name() == "style" && !id.empty()) {
      styles.add(id, std::move(style));
      id.clear();
    }
    if (xml.kind() != XmlEventKind::start) continue;
    if (xml.name() == "style") {
      id = xml.attribute("styleId");
      style = OfficeStyle{};
      if (xml.attribute("type") == "paragraph" && xml.attribute("default") == "1")
        styles.set_default(id);
    } else if (xml.name() == "name") {
      style.name = xml.attribute("val");
    } else if (xml.name() == "basedOn") {
      style.parent = xml.attribute("val");
    } else if (xml.name() == "outlineLvl") {
      const auto level = number(xml.attribute("val"));
      style.level = level && *level >= 0 && *level < 9 ? *level + 1 : 0;
    } else if (xml.name() == "ind") {
      read_docx_indent(xml, style.indent_left, style.indent_right);
    } else if (xml.name() == "vertAlign") {
      style.raised = xml.attribute("val") == "superscript";
    } else if (xml.name() == "vanish") {
      style.hidden = is_on(xml);
    }
  }
  styles.resolve();
  return styles;
}

void read_docx_indent(const XmlEvents& xml, std::optional<int>& left, std::optional<int>& right) {
  for (const char* name : {"left", "start"}) {
    if (const auto value = number(xml.attribute(name))) left = value;
  }
  for (const char* name : {"right", "end"}) {
    if (const auto value = number(xml.attribute(name))) right = value;
  }
}

DocxSurvey survey_docx(const OfficeFile& file, const std::string& document_part,
                       const std::string& settings_part, const ReadLimits& limits) {
  const auto defaults = default_numbering(file, settings_part, limits);
  DocxSurvey survey;
  std::unordered_map<std::string, std::string> open_bookmarks;  // id to name
  XmlEvents xml(file.part(document_part), file.describe(document_part), limits);
  bool in_section = false;
  while (xml.next()) {
    if (!is_word(xml)) continue;
    if (xml.kind() == XmlEventKind::end) {
      in_section = in_section && xml.name() != "sectPr";
      continue;
    }
    if (xml.kind() != XmlEventKind::start) continue;
    if (xml.name() == "sectPr") {
      in_section = true;
      survey.sections.push_back(defaults);
    } else if (in_section && xml.name() == "footnotePr") {
      read_note_properties(xml, survey.sections.back().footnotes);
    } else if (in_section && xml.name() == "endnotePr") {
      read_note_properties(xml, survey.sections.back().endnotes);
    } else if (xml.name() == "bookmarkStart") {
      constexpr std::size_t most_open = 1000;
      if (open_bookmarks.size() < most_open)
        open_bookmarks[xml.attribute("id")] = xml.attribute("name");
    } else if (xml.name() == "bookmarkEnd") {
      open_bookmarks.erase(xml.attribute("id"));
    } else if (xml.name() == "footnoteReference" || xml.name() == "endnoteReference") {
      for (const auto& [id, bookmark] : open_bookmarks) {
        // Word's own mark around one call; a chapter's bookmark holds many.
        if (bookmark.starts_with("_Ref")) {
          survey.notes_at_bookmarks.try_emplace(bookmark,
                                                docx_note_key(xml.name(), xml.attribute("id")));
        }
      }
    }
  }
  if (survey.sections.empty()) survey.sections.push_back(defaults);
  return survey;
}

}  // namespace loccit
