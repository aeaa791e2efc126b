// ODT (OpenDocument 1.3, ISO 26300) as a citing document.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "documents/marked_text_builder.h"
#include "documents/odt_styles.h"
#include "documents/office_file.h"
#include "documents/readers.h"
#include "documents/xml_events.h"

namespace loccit {
namespace {

// Elements that hold no words of the text as it stands when all changes are accepted.
bool is_left_out(std::string_view name) {
  static constexpr std::array<std::string_view, 15> names = {"tracked-changes",
                                                             "annotation",
                                                             "annotation-end",
                                                             "table-of-content",
                                                             "forms",
                                                             "variable-decls",
                                                             "sequence-decls",
                                                             "user-field-decls",
                                                             "ruby-text",
                                                             "desc",
                                                             "title",
                                                             "hidden-text",
                                                             "object",
                                                             "dde-connection-decls",
                                                             "alphabetical-index"};
  return std::ranges::find(names, name) != names.end();
}

class OdtReader {
 public:
  OdtReader(const OfficeFile& file, const ReadLimits& limits)
      : file_(file), limits_(limits), builder_(limits) {}

  Result<MarkedText> read();

 private:
  enum class Undo { nothing, part, link, raised, hidden, cell, item, note, citation, note_body };
  // The text around a note, whose paragraphs come amid it.
  struct Around {
    std::string note;
    std::string label;
    int series = 0;
  };

  void read_flow(XmlEvents& xml);
  Undo start(XmlEvents& xml);
  Undo start_block(XmlEvents& xml);
  Undo start_span(XmlEvents& xml);
  void undo(Undo what);
  void add_text(std::string_view words);
  void begin_paragraph(const XmlEvents& xml, bool is_heading);
  void set_quotation(bool wanted);

  const OfficeFile& file_;
  const ReadLimits& limits_;
  MarkedTextBuilder builder_;
  OfficeStyles styles_;
  std::vector<Undo> open_;
  Around note_;
  Location place_;  // the page, where the program that wrote the file marked pages
  int hidden_ = 0;
  int cells_ = 0;
  int items_ = 0;
  bool in_citation_ = false;
  bool in_quotation_ = false;
  bool is_title_ = false;
};

Result<MarkedText> OdtReader::read() {
  if (!file_.has("content.xml")) {
    return fail(FailureKind::malformed, file_.describe("content.xml") + " is missing");
  }
  styles_ = odt_styles(file_, limits_);
  if (file_.part("content.xml").find("<text:soft-page-break") != std::string::npos) place_.page = 1;
  XmlEvents xml(file_.part("content.xml"), file_.describe("content.xml"), limits_);
  while (xml.next()) {
    if (xml.kind() == XmlEventKind::start && xml.name() == "text") read_flow(xml);
  }
  set_quotation(false);
  if (xml.failure() != nullptr) {
    if (builder_.is_empty()) return tl::unexpected<Failure>(*xml.failure());
    builder_.warn(xml.failure()->message + "; what stands before was read");
  }
  if (!builder_.has_title()) builder_.set_title(office_title(file_, "meta.xml", limits_));
  return builder_.finish(false);
}

void OdtReader::read_flow(XmlEvents& xml) {
  for (open_ = {Undo::nothing}; !open_.empty() && xml.next();) {
    if (xml.kind() == XmlEventKind::text) {
      add_text(xml.text());
    } else if (xml.kind() == XmlEventKind::end) {
      undo(open_.back());
      open_.pop_back();
    } else if (is_left_out(xml.name())) {
      xml.skip();
    } else {
      open_.push_back(start(xml));
    }
  }
}

OdtReader::Undo OdtReader::start(XmlEvents& xml) {
  const auto block = start_block(xml);
  return block == Undo::nothing ? start_span(xml) : block;
}

OdtReader::Undo OdtReader::start_block(XmlEvents& xml) {
  const auto name = xml.name();
  if (name == "p" || name == "h") {
    begin_paragraph(xml, name == "h");
    return Undo::part;
  }
  if (name == "table-cell") {
    ++cells_;
    return Undo::cell;
  }
  if (name == "list-item" || name == "list-header") {
    ++items_;
    return Undo::item;
  }
  if (name == "section" && (xml.attribute("display") == "none")) {
    ++hidden_;
    return Undo::hidden;
  }
  return Undo::nothing;
}

OdtReader::Undo OdtReader::start_span(XmlEvents& xml) {
  const auto name = xml.name();
  if (name == "span") {
    const auto& style = styles_.at(xml.attribute("style-name"));
    if (style.hidden.value_or(false)) {
      ++hidden_;
      return Undo::hidden;
    }
    if (!style.raised.value_or(false)) return Undo::nothing;
    builder_.begin_raised();
    return Undo::raised;
  }
  if (name == "a") {
    auto url = xml.attribute("href");
    if (!url.starts_with("http://") && !url.starts_with("https://")) return Undo::nothing;
    builder_.begin_link(std::move(url), LinkOrigin::absolute, place_);
    return Undo::link;
  }
  if (name == "note") {
    note_ = {xml.attribute("id"), {}, xml.attribute("note-class") == "endnote" ? 1 : 0};
    if (note_.note.empty()) note_.note = "note in line " + std::to_string(xml.line());
    return Undo::note;
  }
  if (name == "note-citation") {
    in_citation_ = true;
    note_.label = xml.attribute("label");
    return Undo::citation;
  }
  if (name == "note-body") {
    builder_.add_call(note_.note, note_.label, place_);
    builder_.begin_note(note_.note, note_.label, place_, note_.series);
    return Undo::note_body;
  }
  if (name == "note-ref" && hidden_ == 0) {  // the mark again: a note used twice
    builder_.add_call(xml.attribute("ref-name"), {}, place_);
    ++hidden_;
    return Undo::hidden;
  }
  if (name == "soft-page-break" && place_.page > 0) ++place_.page;
  if (name == "s" || name == "tab") {
    add_text(" ");
  } else if (name == "line-break" && hidden_ == 0) {
    builder_.add_line_break();
  }
  return Undo::nothing;
}

void OdtReader::undo(Undo what) {
  switch (what) {
    case Undo::part:
      if (is_title_ && !builder_.in_note()) {
        if (!builder_.has_title()) builder_.set_title(builder_.words());
        is_title_ = false;
      }
      builder_.end_part();
      break;
    case Undo::link:
      builder_.end_link();
      break;
    case Undo::raised:
      builder_.end_raised();
      break;
    case Undo::hidden:
      --hidden_;
      break;
    case Undo::cell:
      --cells_;
      break;
    case Undo::item:
      --items_;
      break;
    case Undo::citation:
      in_citation_ = false;
      break;
    case Undo::note_body:
      builder_.end_note();
      break;
    case Undo::note:
    case Undo::nothing:
      break;
  }
}

void OdtReader::add_text(std::string_view words) {
  if (in_citation_) {
    if (note_.label.empty()) note_.label = words;
  } else if (hidden_ == 0) {
    builder_.add_text(words);
  }
}

void OdtReader::begin_paragraph(const XmlEvents& xml, bool is_heading) {
  const auto& style = styles_.at(xml.attribute("style-name"));
  if (builder_.in_note()) return builder_.begin_part(PartKind::paragraph);
  is_title_ = style.is_title;
  is_heading = is_heading || style.is_title;
  // Lists are indented; there only the style's name tells.
  set_quotation(!is_heading && cells_ == 0 &&
                (items_ > 0 ? style.is_quotation : is_quotation_paragraph(style)));
  if (is_heading) {
    const auto level = xml.attribute("outline-level");
    const bool has_level = !level.empty() && level[0] >= '1' && level[0] <= '9';
    builder_.begin_part(PartKind::heading, has_level ? level[0] - '0' : style.level.value_or(1),
                        place_);
  } else if (style.is_code) {
    builder_.begin_part(PartKind::verbatim, 0, place_);
  } else if (cells_ > 0) {
    builder_.begin_part(PartKind::cell, 0, place_);
  } else {
    builder_.begin_part(items_ > 0 && !in_quotation_ ? PartKind::list_item : PartKind::paragraph, 0,
                        place_);
  }
}

void OdtReader::set_quotation(bool wanted) {
  if (wanted == in_quotation_) return;
  if (wanted) {
    builder_.begin_quotation();
  } else {
    builder_.end_quotation();
  }
  in_quotation_ = wanted;
}

}  // namespace

Result<MarkedText> read_odt(Bytes content, const DocumentHint& hint, const ReadLimits& limits) {
  auto file = OfficeFile::open(content, hint.file_name, limits);
  if (!file) return tl::unexpected<Failure>(file.error());
  return OdtReader(*file, limits).read();
}

}  // namespace loccit
