// What loccit knows of HTML's elements: how they part text, what they close, what they hide (WHATWG
// HTML §13.2, §15.3).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "documents/text_content.h"

namespace loccit {

// What the tree construction and the rendering ask of an element, as bits.
enum ElementTrait : std::uint32_t {
  is_void = 1U << 0U,         // has no end tag
  parts_text = 1U << 1U,      // a block: words before, in and after it are not one word
  is_special = 1U << 2U,      // stops the search for an ordinary end tag's element
  is_scope = 1U << 3U,        // stops the search for a block end tag's element
  is_formatting = 1U << 4U,   // outlives the block that it was left open in
  closes_p = 1U << 5U,        // as a start tag, an open <p>
  is_hidden = 1U << 6U,       // browsers do not show its content
  is_raw = 1U << 7U,          // its content is text up to its end tag
  has_references = 1U << 8U,  // …but for character references
  is_preformatted = 1U << 9U,
  leaves_foreign = 1U << 10U,  // as a start tag inside SVG or MathML, ends that (§13.2.6.5)
  is_furniture = 1U << 11U,    // beside the text: a match may step over it
  is_foreign = 1U << 12U,      // <svg>, <math>
  is_integration = 1U << 13U,  // HTML again inside SVG or MathML
  is_svg_hidden = 1U << 14U,   // hidden where inside SVG or MathML
};

enum class Tag : std::uint8_t {
  other,
  a,
  article,
  base,
  body,
  br,
  button,
  caption,
  dd,
  details,
  dialog,
  dt,
  figcaption,
  figure,
  form,
  h1,
  h2,
  h3,
  h4,
  h5,
  h6,
  head,
  html,
  iframe,
  image,
  img,
  input,
  li,
  link,
  math,
  meta,
  nobr,
  noscript,
  ol,
  optgroup,
  option,
  p,
  plaintext,
  pre,
  rb,
  rp,
  rt,
  rtc,
  script,
  select,
  sup,
  svg,
  table,
  tbody,
  td,
  template_,
  textarea,
  tfoot,
  th,
  thead,
  title,
  tr,
  ul,
  wbr,
};

struct Element {
  std::string_view name;
  Tag tag = Tag::other;
  std::uint32_t traits = 0;
  BlockKind kind =
      BlockKind::paragraph;  // of the blocks inside; paragraph where the element does not say
};

inline bool has(std::uint32_t traits, ElementTrait trait) { return (traits & trait) != 0; }
inline bool has(const Element& element, ElementTrait trait) { return has(element.traits, trait); }

inline bool is_table_part(Tag tag) {
  return tag == Tag::td || tag == Tag::th || tag == Tag::tr || tag == Tag::tbody ||
         tag == Tag::thead || tag == Tag::tfoot || tag == Tag::caption;
}

// Unknown names (custom elements) are inline and have no traits; their `name` is "".
const Element& find_element(std::string_view name);

// The first element of that tag (several names may share one).
const Element& element_of(Tag tag);

// A small number of its own for each known element, 0 for the unknown.
inline constexpr std::size_t max_elements = 160;
std::size_t element_number(const Element& element);

}  // namespace loccit
