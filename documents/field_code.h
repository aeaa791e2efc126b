// What a word processor's field code means for citing: HYPERLINK, NOTEREF, TOC (ECMA-376 §17.16.5).
#pragma once

#include <string>
#include <string_view>

namespace loccit {

enum class FieldKind { other, hyperlink, note_reference, contents };

struct FieldCode {
  FieldKind kind = FieldKind::other;
  std::string target;  // the URL with its fragment, or the bookmark
};

FieldCode read_field_code(std::string_view code);

}  // namespace loccit
