// Fields of a DOCX: links and references to notes that Word wrote as code between field characters
// (ECMA-376 Part 1 §17.16).
#include <utility>

#include "documents/docx_reader.h"

namespace loccit {

void DocxReader::field_char(const std::string& type) {
  if (type == "begin") {
    constexpr std::size_t deepest = 64;
    begin_paragraph();
    if (fields_.size() < deepest) fields_.push_back({});
  } else if (type == "separate") {
    show_field_result();
  } else if (type == "end") {
    end_field();
  }
}

void DocxReader::show_field_result() {
  if (fields_.empty() || fields_.back().shows_result) return;
  auto& field = fields_.back();
  field.meaning = read_field_code(field.code);
  field.shows_result = true;
  if (field.meaning.kind == FieldKind::hyperlink && !is_silent()) {
    field.is_open_link = begin_link(field.meaning.target, {});
  } else if (field.meaning.kind == FieldKind::note_reference) {
    const auto note = survey_.notes_at_bookmarks.find(field.meaning.target);
    if (note != survey_.notes_at_bookmarks.end()) builder_.add_call(note->second, {}, place_);
  }
}

void DocxReader::end_field() {
  if (fields_.empty()) return;
  if (fields_.back().is_open_link) builder_.end_link();
  fields_.pop_back();
}

bool DocxReader::begin_link(std::string url, const std::string& fragment) {
  if (!url.starts_with("http://") && !url.starts_with("https://")) return false;
  if (!fragment.empty() && url.find('#') == std::string::npos) url += "#" + fragment;
  builder_.begin_link(std::move(url), LinkOrigin::absolute, place_);
  return true;
}

}  // namespace loccit
