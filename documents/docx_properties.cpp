#include "documents/docx_properties.h"

#include "documents/docx_parts.h"

namespace loccit {

void read_docx_properties(XmlEvents& xml, DocxParagraphProperties& paragraph) {
  bool in_run_properties = false;
  for (int depth = 1; depth > 0 && xml.next();) {
    if (xml.kind() == XmlEventKind::end) {
      --depth;
      if (xml.name() == "rPr") in_run_properties = false;
    }
    if (xml.kind() != XmlEventKind::start) continue;
    ++depth;
    const auto name = xml.name();
    if (name == "pStyle") paragraph.style = xml.attribute("val");
    if (name == "numPr") paragraph.is_listed = true;
    if (name == "numId" && xml.attribute("val") == "0") paragraph.is_listed = false;
    if (name == "ind") read_docx_indent(xml, paragraph.left, paragraph.right);
    if (name == "sectPr") paragraph.ends_section = true;
    if (name == "rPr") in_run_properties = true;
    if (name == "del" && in_run_properties) paragraph.joins_next = true;
    if (name == "outlineLvl" && !xml.attribute("val").empty() && xml.attribute("val") < "9") {
      paragraph.level = xml.attribute("val").front() - '0' + 1;
    }
    if (name == "pPrChange") {  // how the paragraph looked before
      xml.skip();
      --depth;
    }
  }
}

void read_docx_properties(XmlEvents& xml, const OfficeStyles& styles, DocxRunProperties& run) {
  for (int depth = 1; depth > 0 && xml.next();) {
    if (xml.kind() == XmlEventKind::end) --depth;
    if (xml.kind() != XmlEventKind::start) continue;
    ++depth;
    const auto name = xml.name();
    const auto value = xml.attribute("val");
    if (name == "rStyle") {
      run.is_raised = styles.at(value).raised.value_or(run.is_raised);
      run.is_hidden = styles.at(value).hidden.value_or(run.is_hidden);
    }
    if (name == "vertAlign") run.is_raised = value == "superscript";
    if (name == "vanish") run.is_hidden = value != "0" && value != "false";
    if (name == "rPrChange") {
      xml.skip();
      --depth;
    }
  }
}

}  // namespace loccit
