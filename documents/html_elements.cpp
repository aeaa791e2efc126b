#include "documents/html_elements.h"

#include <array>
#include <cstddef>

#include "base/ascii.h"
#include "documents/html_tokenizer.h"

namespace loccit {
namespace {

using ascii::lower;

constexpr std::uint32_t block = parts_text | is_special | closes_p | leaves_foreign;
constexpr std::uint32_t hidden_raw = is_special | is_hidden | is_raw;
constexpr std::uint32_t inline_font = is_formatting | leaves_foreign;
constexpr std::uint32_t cell_part = parts_text | is_special;

// "leaves_foreign" after the list in §13.2.6.5; "special" after §13.2.4.2; hidden and block after
// §15.3. Hidden is also what is struck out: seen, but as what no longer holds.
constexpr std::array elements = {
    Element{"a", Tag::a, is_formatting},
    Element{"address", Tag::other, block & ~leaves_foreign},
    Element{"annotation", Tag::other, is_svg_hidden},
    Element{"annotation-xml", Tag::other, is_svg_hidden},
    Element{"applet", Tag::other, is_special | is_scope},
    Element{"area", Tag::other, is_void | is_special | is_hidden},
    Element{"article", Tag::article, block & ~leaves_foreign},
    Element{"aside", Tag::other, (block & ~leaves_foreign) | is_furniture,
            BlockKind::page_furniture},
    Element{"audio", Tag::other, is_hidden},
    Element{"b", Tag::other, inline_font},
    Element{"base", Tag::base, is_void | is_special | is_hidden},
    Element{"big", Tag::other, inline_font},
    Element{"blockquote", Tag::other, block, BlockKind::quotation},
    Element{"body", Tag::body, parts_text | leaves_foreign},
    Element{"br", Tag::br, is_void | is_special | leaves_foreign},
    Element{"button", Tag::button, parts_text | is_special | is_furniture,
            BlockKind::page_furniture},
    Element{"canvas", Tag::other, is_hidden},
    Element{"caption", Tag::caption, cell_part | is_scope | is_furniture, BlockKind::caption},
    Element{"center", Tag::other, block},
    Element{"clippath", Tag::other, is_svg_hidden},
    Element{"code", Tag::other, inline_font},
    Element{"col", Tag::other, is_void | is_special},
    Element{"colgroup", Tag::other, is_special},
    Element{"datalist", Tag::other, is_hidden},
    Element{"dd", Tag::dd, parts_text | is_special | closes_p | leaves_foreign,
            BlockKind::list_item},
    Element{"defs", Tag::other, is_svg_hidden},
    Element{"del", Tag::other, is_hidden},
    Element{"desc", Tag::other, is_svg_hidden | is_integration},
    Element{"details", Tag::details, block & ~leaves_foreign},
    Element{"dialog", Tag::dialog, block & ~(leaves_foreign | is_special)},
    Element{"dir", Tag::other, block & ~leaves_foreign},
    Element{"div", Tag::other, block},
    Element{"dl", Tag::other, block},
    Element{"dt", Tag::dt, parts_text | is_special | closes_p | leaves_foreign,
            BlockKind::list_item},
    Element{"em", Tag::other, inline_font},
    Element{"embed", Tag::other, is_void | is_special | leaves_foreign},
    Element{"fieldset", Tag::other, block & ~leaves_foreign},
    Element{"figcaption", Tag::figcaption, (block & ~leaves_foreign) | is_furniture,
            BlockKind::caption},
    Element{"figure", Tag::figure, (block & ~leaves_foreign) | is_furniture},
    Element{"font", Tag::other, is_formatting},
    Element{"footer", Tag::other, (block & ~leaves_foreign) | is_furniture},
    Element{"foreignobject", Tag::other, is_special | is_scope | is_integration | parts_text},
    Element{"form", Tag::form, block & ~leaves_foreign},
    Element{"frame", Tag::other, is_void | is_special},
    Element{"h1", Tag::h1, block, BlockKind::heading},
    Element{"h2", Tag::h2, block, BlockKind::heading},
    Element{"h3", Tag::h3, block, BlockKind::heading},
    Element{"h4", Tag::h4, block, BlockKind::heading},
    Element{"h5", Tag::h5, block, BlockKind::heading},
    Element{"h6", Tag::h6, block, BlockKind::heading},
    Element{"head", Tag::head, leaves_foreign},
    Element{"header", Tag::other, block & ~leaves_foreign},
    Element{"hgroup", Tag::other, block & ~leaves_foreign},
    Element{"hr", Tag::other, is_void | block},
    Element{"html", Tag::html, parts_text},
    Element{"i", Tag::other, inline_font},
    Element{"iframe", Tag::iframe, hidden_raw},
    Element{"image", Tag::image, is_void},
    Element{"img", Tag::img, is_void | is_special | leaves_foreign},
    Element{"input", Tag::input, is_void | is_special},
    Element{"legend", Tag::other, parts_text},
    Element{"li", Tag::li, parts_text | is_special | closes_p | leaves_foreign,
            BlockKind::list_item},
    Element{"link", Tag::link, is_void | is_special},
    Element{"listing", Tag::pre, block | is_preformatted, BlockKind::preformatted},
    Element{"main", Tag::other, block & ~leaves_foreign},
    Element{"marker", Tag::other, is_svg_hidden},
    Element{"marquee", Tag::other, is_special | is_scope | parts_text},
    Element{"mask", Tag::other, is_svg_hidden},
    Element{"math", Tag::math, is_foreign},
    Element{"menu", Tag::other, block | is_furniture},
    Element{"meta", Tag::meta, is_void | is_special | leaves_foreign},
    Element{"metadata", Tag::other, is_svg_hidden},
    Element{"mi", Tag::other, is_integration | is_scope},
    Element{"mn", Tag::other, is_integration | is_scope},
    Element{"mo", Tag::other, is_integration | is_scope},
    Element{"ms", Tag::other, is_integration | is_scope},
    Element{"mtext", Tag::other, is_integration | is_scope},
    Element{"nav", Tag::other, (block & ~leaves_foreign) | is_furniture, BlockKind::navigation},
    Element{"nobr", Tag::nobr, inline_font},
    Element{"noembed", Tag::other, hidden_raw},
    Element{"noframes", Tag::other, hidden_raw},
    Element{"noscript", Tag::noscript, hidden_raw},
    Element{"object", Tag::other, is_special | is_scope},
    Element{"ol", Tag::ol, block},
    Element{"optgroup", Tag::optgroup, parts_text},
    Element{"option", Tag::option, parts_text},
    Element{"p", Tag::p, block},
    Element{"param", Tag::other, is_void | is_special},
    Element{"pattern", Tag::other, is_svg_hidden},
    Element{"plaintext", Tag::plaintext, block | is_preformatted, BlockKind::preformatted},
    Element{"pre", Tag::pre, block | is_preformatted, BlockKind::preformatted},
    Element{"rb", Tag::rb, 0},
    Element{"rp", Tag::rp, is_hidden},
    Element{"rt", Tag::rt, 0},
    Element{"rtc", Tag::rtc, 0},
    Element{"ruby", Tag::other, leaves_foreign},
    Element{"s", Tag::other, inline_font | is_hidden},
    Element{"script", Tag::script, hidden_raw},
    Element{"search", Tag::other, (block & ~leaves_foreign) | is_furniture},
    Element{"section", Tag::other, block & ~leaves_foreign},
    Element{"select", Tag::select, parts_text | is_special | is_furniture,
            BlockKind::page_furniture},
    Element{"small", Tag::other, inline_font},
    Element{"source", Tag::other, is_void | is_special},
    Element{"span", Tag::other, leaves_foreign},
    Element{"strike", Tag::other, inline_font | is_hidden},
    Element{"strong", Tag::other, inline_font},
    Element{"style", Tag::other, hidden_raw},
    Element{"sub", Tag::other, leaves_foreign},
    Element{"summary", Tag::other, block & ~leaves_foreign},
    Element{"sup", Tag::sup, leaves_foreign},
    Element{"svg", Tag::svg, is_foreign},
    Element{"symbol", Tag::other, is_svg_hidden},
    Element{"table", Tag::table, parts_text | is_special | is_scope | leaves_foreign},
    Element{"tbody", Tag::tbody, cell_part},
    Element{"td", Tag::td, cell_part | is_scope, BlockKind::cell},
    Element{"template", Tag::template_, is_special | is_scope | is_hidden},
    Element{"text", Tag::other, 0},
    Element{"textarea", Tag::textarea,
            parts_text | is_special | is_raw | has_references | is_preformatted,
            BlockKind::preformatted},
    Element{"tfoot", Tag::tfoot, cell_part},
    Element{"th", Tag::th, cell_part | is_scope, BlockKind::cell},
    Element{"thead", Tag::thead, cell_part},
    Element{"title", Tag::title,
            is_special | is_raw | has_references | is_hidden | is_svg_hidden | is_integration},
    Element{"tr", Tag::tr, cell_part},
    Element{"track", Tag::other, is_void | is_special},
    Element{"tt", Tag::other, inline_font},
    Element{"u", Tag::other, inline_font},
    Element{"ul", Tag::ul, block},
    Element{"var", Tag::other, leaves_foreign},
    Element{"video", Tag::other, is_hidden},
    Element{"wbr", Tag::wbr, is_void | is_special},
    Element{"xmp", Tag::other, block | is_raw | is_preformatted, BlockKind::preformatted},
};

constexpr Element unknown;
static_assert(elements.size() < max_elements);

constexpr std::size_t slot_count = 512;
constexpr std::size_t longest = 14;  // annotation-xml

constexpr std::size_t slot_of(std::string_view name) {
  std::uint32_t hash = 2166136261U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(lower(c))) * 16777619U;
  return (hash ^ hash >> 15U) % slot_count;
}

constexpr std::array<std::uint8_t, slot_count> slots = [] {
  std::array<std::uint8_t, slot_count> table{};
  for (std::size_t i = 0; i < elements.size(); ++i) {
    std::size_t slot = slot_of(elements[i].name);
    while (table[slot] != 0) slot = (slot + 1) % slot_count;
    table[slot] = static_cast<std::uint8_t>(i + 1);
  }
  return table;
}();

constexpr std::size_t tag_count = static_cast<std::size_t>(Tag::wbr) + 1;

constexpr std::array<std::uint8_t, tag_count> first_of_tag = [] {
  std::array<std::uint8_t, tag_count> table{};
  for (std::size_t i = elements.size(); i-- > 0;) {
    table[static_cast<std::size_t>(elements[i].tag)] = static_cast<std::uint8_t>(i);
  }
  return table;
}();

}  // namespace

const Element& element_of(Tag tag) { return elements[first_of_tag[static_cast<std::size_t>(tag)]]; }

const Element& find_element(std::string_view name) {
  if (name.size() > longest) return unknown;
  for (std::size_t slot = slot_of(name); slots[slot] != 0; slot = (slot + 1) % slot_count) {
    const Element& element = elements[slots[slot] - 1U];
    if (equals_ignoring_case(name, element.name)) return element;
  }
  return unknown;
}

std::size_t element_number(const Element& element) {
  return &element == &unknown ? 0 : static_cast<std::size_t>(&element - elements.data()) + 1;
}

}  // namespace loccit
