#include <algorithm>
#include <array>

#include "documents/html_entities.h"
#include "documents/html_head.h"
#include "documents/html_reader.h"

namespace loccit {
namespace {

// Browsers flatten what is nested deeper than some hundred levels; here the bound is only for
// memory.
constexpr std::size_t max_open = 1U << 18U;
constexpr std::size_t max_survivors = 8;
constexpr std::size_t max_steps = 64;

// How long a part may be and still be taken for furniture. A part that is furniture by its tag may
// be a long list; one that is so by its class name only may be the whole article in a wrapper with
// an unlucky name.
constexpr std::size_t max_furniture_by_tag = 20'000;
constexpr std::size_t max_furniture_by_sign = 2'000;
constexpr std::size_t max_mark = 64;
constexpr std::size_t max_ruby = 200;

bool is_heading(Tag tag) { return tag >= Tag::h1 && tag <= Tag::h6; }

bool is_table_part(Tag tag) {
  return tag == Tag::td || tag == Tag::th || tag == Tag::tr || tag == Tag::tbody ||
         tag == Tag::thead || tag == Tag::tfoot || tag == Tag::caption;
}

}  // namespace

std::optional<HtmlReader::Place> HtmlReader::place_of(Tag tag) const {
  return open_.find(element_of(tag), 0);
}

// Tags that browsers pass over where they make no sense: parts of a table outside of one, a form
// inside a form. What they say of hiding is passed over with them.
bool HtmlReader::is_ignored(const Element& element) {
  if (is_table_part(element.tag) || element.name == "col" || element.name == "colgroup") {
    return !(place_of(Tag::table) > place_of(Tag::template_)) && !place_of(Tag::template_);
  }
  if (element.tag != Tag::form) return false;
  const OpenElement* top = open_.top();
  const Tag parent = top != nullptr && top->element != nullptr ? top->element->tag : Tag::other;
  const bool inside_table =
      parent == Tag::table || (is_table_part(parent) && !has(*top->element, is_scope));
  const bool ignored = form_is_open_ || inside_table;
  form_is_open_ = true;
  return ignored;
}

// WHATWG HTML §13.2.6.4.7 and the table modes: what a start tag closes before it opens.
void HtmlReader::close_implied(const Element& element) {
  if (has(element, closes_p)) {
    const auto p = place_of(Tag::p);
    const auto button = place_of(Tag::button);
    if (p && p > open_.topmost_scope() && p > button) close_to(*p);
  }
  const OpenElement* top = open_.top();
  const Tag top_tag = top != nullptr && top->element != nullptr ? top->element->tag : Tag::other;
  if (is_heading(element.tag) && is_heading(top_tag)) close_to(open_.size() - 1);
  switch (element.tag) {
    case Tag::li:
    case Tag::dd:
    case Tag::dt:
      close_list_item(element);
      break;
    case Tag::td:
    case Tag::th:
    case Tag::tr:
    case Tag::tbody:
    case Tag::thead:
    case Tag::tfoot:
    case Tag::caption:
      close_table_parts(element);
      break;
    case Tag::table:
      // A table straight inside a table, in no cell, ends it.
      if (const auto scope = open_.topmost_scope(); scope && open_.at(*scope).element == &element)
        close_to(*scope);
      break;
    case Tag::option:
    case Tag::optgroup:
      if (top_tag == Tag::option) close_to(open_.size() - 1);
      if (element.tag == Tag::optgroup && open_.top() != nullptr &&
          open_.top()->element == &element)
        close_to(open_.size() - 1);
      break;
    case Tag::rb:
    case Tag::rp:
    case Tag::rt:
    case Tag::rtc:
      if (top_tag == Tag::rb || top_tag == Tag::rp || top_tag == Tag::rt)
        close_to(open_.size() - 1);
      break;
    case Tag::a:
    case Tag::button:
    case Tag::nobr:
      if (const auto same = open_.find(element, 0); same && same > open_.topmost_scope()) {
        const auto special = open_.topmost_special();
        if (element.tag != Tag::button && special && *special > *same) {
          take_out(*same);
        } else {
          close_to(*same);
        }
      }
      break;
    default:
      break;
  }
}

void HtmlReader::close_list_item(const Element& element) {
  const auto is_same = [&](Tag tag) {
    return element.tag == Tag::li ? tag == Tag::li : tag == Tag::dd || tag == Tag::dt;
  };
  for (std::size_t place = open_.size(), steps = 0; place-- > 0 && steps < max_steps; ++steps) {
    const Element* candidate = open_.at(place).element;
    if (candidate == nullptr) continue;
    if (is_same(candidate->tag)) return close_to(place);
    const bool passed =
        candidate->tag == Tag::p || candidate->name == "div" || candidate->name == "address";
    if (has(*candidate, is_special) && !passed) return;
  }
}

// A cell ends the cell before it, a row the row; and what else was opened outside of cells ends
// with them.
void HtmlReader::close_table_parts(const Element& element) {
  const auto table = std::max(place_of(Tag::table), place_of(Tag::template_));
  if (!table) return;
  const bool is_cell = element.tag == Tag::td || element.tag == Tag::th;
  std::optional<Place> parent = table;
  if (is_cell || element.tag == Tag::tr) {
    parent = std::max({parent, place_of(Tag::tbody), place_of(Tag::thead), place_of(Tag::tfoot)});
  }
  if (is_cell) parent = std::max(parent, place_of(Tag::tr));
  if (open_.size() > *parent + 1) close_to(*parent + 1);
}

void HtmlReader::leave_foreign() {
  while (open_.size() > 0 && foreign_) close_to(open_.size() - 1);
}

std::optional<HtmlReader::Place> HtmlReader::place_to_close(const Element& element,
                                                            std::uint32_t name_hash) const {
  auto place = open_.find(element, element_number(element) == 0 ? name_hash : 0);
  if (foreign_ && (!place || (open_.topmost_scope() && *place < *open_.topmost_scope()))) {
    if (const auto foreign = open_.find(find_element(""), name_hash)) place = foreign;
  }
  if (is_heading(element.tag)) {  // any heading's end tag ends any heading
    for (const Tag tag : {Tag::h1, Tag::h2, Tag::h3, Tag::h4, Tag::h5, Tag::h6}) {
      place = std::max(place, place_of(tag));
    }
  }
  if (!place) return std::nullopt;
  if (element.tag == Tag::table || is_table_part(element.tag)) {
    const bool within = place > place_of(Tag::template_) &&
                        (element.tag == Tag::table || place > place_of(Tag::table));
    return within ? place : std::nullopt;
  }
  const OpenElement* top = open_.top();
  const bool in_foreign =
      foreign_ || (top->element != nullptr && has(*top->element, is_integration));
  std::optional<Place> barrier;
  const bool is_scope_itself = has(element, is_scope);
  if ((element.traits & (parts_text | is_special | is_formatting)) != 0 && !is_scope_itself) {
    barrier = open_.topmost_scope();
    if (element.tag == Tag::p) barrier = std::max(barrier, place_of(Tag::button));
    if (element.tag == Tag::li) barrier = std::max({barrier, place_of(Tag::ul), place_of(Tag::ol)});
  } else if (!is_scope_itself && !(has(element, is_foreign) && in_foreign)) {
    barrier = open_.topmost_special();
  }
  return place > barrier ? place : std::nullopt;
}

// Ends the element there and all that is open inside it. Formatting elements that matter outlive
// the block that they were left open in: a browser opens them again in the next one (§13.2.4.3).
void HtmlReader::close_to(Place place) {
  std::array<OpenElement, max_survivors> survivors;
  std::size_t count = 0;
  const OpenElement& target = open_.at(place);
  const bool lets_survive = target.element != nullptr && !has(*target.element, is_scope);
  while (open_.size() > place) {
    const bool inner = open_.size() - 1 > place;
    const OpenElement open = open_.pop();
    const bool formats = open.element != nullptr && has(*open.element, is_formatting);
    if (inner && lets_survive && formats && open.effects.any() && count < max_survivors) {
      survivors[count++] = open;
    } else {
      undo(open);
    }
  }
  while (count > 0) open_.push_back_again(survivors[--count]);
}

void HtmlReader::take_out(Place place) {
  const OpenElement open = open_.take_out(place);
  undo(open);
  if (open.effects.hides) end_block();  // blocks were begun while nothing showed
}

void HtmlReader::open(const HtmlToken& token, const Element& element, std::uint32_t traits) {
  if (open_.size() >= max_open) close_to(open_.size() - 1);
  const ElementEffects effects = effects_of(token, element, traits);
  open_.push(element, element_number(element) == 0 ? OpenElements::hash(token.name) : 0, effects);
}

ElementEffects HtmlReader::effects_of(const HtmlToken& token, const Element& element,
                                      std::uint32_t traits) {
  ElementEffects effects;
  effects.parts_text = has(traits, parts_text);
  effects.hides = has(traits, is_hidden);
  if (element.tag == Tag::dialog) effects.hides = !attribute(token, "open");
  read_visibility(token, effects);
  effects.hides |= has(traits, is_hidden);  // no style shows a template
  if (effects.hides) effects.parts_text = false;
  if (effects.parts_text) end_block();
  if (effects.hides) ++hidden_;
  if (has(traits, is_preformatted)) {
    effects.is_preformatted = true;
    ++preformatted_;
    drop_line_break_ = true;
  }
  enter_language(traits, element, effects);
  if (element.kind != BlockKind::paragraph) set_kind(element.kind, effects);
  if (element.tag == Tag::a) open_link(token, effects);
  open_region(token, element, effects);
  return effects;
}

void HtmlReader::read_visibility(const HtmlToken& token, ElementEffects& effects) {
  if (token.attributes.empty()) return;
  // "until-found" is shown to whoever looks for it.
  if (const auto value = attribute(token, "hidden"))
    effects.hides |= !equals_ignoring_case(*value, "until-found");
  const auto value = attribute(token, "style");
  if (!value) return;
  const InlineStyle style = read_style(decode_references(*value, ReferencePlace::attribute));
  if (style.display) {
    effects.hides = *style.display == Display::none;
    if (!effects.hides) effects.parts_text = *style.display == Display::block;
  }
  if (style.visible) {
    effects.changes_visibility = true;
    effects.was_invisible = invisible_;
    invisible_ = !*style.visible;
  }
}

// From HTML into SVG or MathML, and back.
void HtmlReader::enter_language(std::uint32_t traits, const Element& element,
                                ElementEffects& effects) {
  const bool is_svg_text = foreign_ && has(traits, parts_text);
  if (!has(traits, is_foreign) && !has(traits, is_integration) && !is_svg_text) return;
  effects.changes_foreign = true;
  effects.was_foreign = foreign_;
  effects.was_unpainted = unpainted_;
  if (foreign_ && !out_of_sight()) builder_.words(" ");  // the parts of a formula stand apart
  unpainted_ = element.tag == Tag::svg;
  if (effects.parts_text) end_block();  // now that it is seen
  if (is_svg_text && !has(traits, is_integration)) return;
  foreign_ = has(traits, is_foreign);
  tokenizer_.allow_cdata(foreign_ || syntax_ == HtmlSyntax::xhtml);
}

// Inside furniture all is furniture.
void HtmlReader::set_kind(BlockKind kind, ElementEffects& effects) {
  if (furniture_ > 0 || effects.changes_kind) return;
  effects.changes_kind = true;
  effects.kind_before = builder_.kind();
  builder_.set_kind(kind);
}

void HtmlReader::open_region(const HtmlToken& token, const Element& element,
                             ElementEffects& effects) {
  if (out_of_sight()) return;
  Region region{0, max_furniture_by_tag, Region::furniture, content_.links.size()};
  SkipKind kind = SkipKind::page_furniture;
  if (element.tag == Tag::sup) {
    region = {0, max_mark, Region::superscript, content_.links.size()};
    kind = SkipKind::note_mark;
  } else if (element.tag == Tag::rt || element.tag == Tag::rtc) {
    region = {0, max_ruby, Region::ruby, content_.links.size()};
    kind = SkipKind::note_mark;
  } else if (!has(element, is_furniture)) {
    if (token.attributes.empty() || is_table_part(element.tag) || element.tag == Tag::article)
      return;
    const PartSign sign = signs_.sign_of(token);
    if (sign == PartSign::none) return;
    if (sign == PartSign::note_mark) {
      region = {0, max_mark, Region::mark, content_.links.size()};
      kind = SkipKind::note_mark;
    } else {
      region.max_size = max_furniture_by_sign;
      if (effects.parts_text) set_kind(BlockKind::page_furniture, effects);
    }
  }
  if (region.form == Region::furniture) ++furniture_;
  region.skip = builder_.open_skip(kind);
  regions_.push_back(region);
  effects.is_region = true;
}

void HtmlReader::open_link(const HtmlToken& token, ElementEffects& effects) {
  Link link;
  link.url = attribute_text(token, "href");
  if (link.url.empty()) return;
  close_link();
  link.rel = attribute_text(token, "rel");
  link.language = attribute_text(token, "hreflang");
  link.range = {builder_.position(), builder_.position()};
  link_ = content_.links.size();
  content_.links.push_back(std::move(link));
  effects.is_link = true;
}

void HtmlReader::undo(const OpenElement& open) {
  const ElementEffects& effects = open.effects;
  if (!effects.any()) return;
  if (effects.is_link) close_link();
  if (effects.is_region) close_region();
  if (effects.parts_text) end_block();
  if (effects.hides) --hidden_;
  if (effects.is_preformatted) --preformatted_;
  if (effects.changes_kind) builder_.set_kind(effects.kind_before);
  if (effects.changes_visibility) invisible_ = effects.was_invisible;
  if (effects.changes_foreign) {
    foreign_ = effects.was_foreign;
    unpainted_ = effects.was_unpainted;
    if (foreign_ && !out_of_sight()) builder_.words(" ");
    tokenizer_.allow_cdata(foreign_ || syntax_ == HtmlSyntax::xhtml);
  }
}

void HtmlReader::close_region() {
  const Region region = regions_.back();
  regions_.pop_back();
  if (region.form == Region::furniture) {
    // Its last block ends with it, before it counts as outside again.
    --furniture_;
    builder_.close_skip(region.skip, region.max_size);
    return;
  }
  builder_.close_skip(region.skip, region.max_size);
  if (region.form != Region::superscript) return;
  const TextRange range = content_.skips[region.skip].range;
  const std::string_view text = content_.text;
  const MarkForm form = mark_form(text.substr(range.begin, range.end - range.begin));
  const bool has_link = content_.links.size() > region.links_before || link_;
  const bool digits =
      range.end > range.begin && text[range.begin] >= '0' && text[range.begin] <= '9';
  const std::string_view before = text.substr(0, range.begin);
  const bool is_mark =
      form == MarkForm::certain ||
      (form == MarkForm::bare && (has_link || (digits && may_end_before_note(before))));
  if (!is_mark) builder_.drop_skip(region.skip);
}

// "[1]" or "†" that leads to a place in a page is a note's mark, and so is "1" where it is glued to
// the word before.
void HtmlReader::close_link() {
  if (!link_) return;
  Link& link = content_.links[*link_];
  link_.reset();
  link.range = builder_.range_from(link.range.begin);
  const std::size_t size = link.range.end - link.range.begin;
  if (size == 0) return;
  if (link.range.begin >= builder_.block_begin()) {
    if (linked_bytes_ == 0) first_link_ = link.range.begin;
    linked_bytes_ += size;
  }
  if (link.url.find('#') == std::string::npos || size > max_mark) return;
  const std::string_view text = content_.text;
  const MarkForm form = mark_form(text.substr(link.range.begin, size));
  const bool glued = may_end_before_note(text.substr(0, link.range.begin)) &&
                     link.range.begin > builder_.block_begin();
  if (form == MarkForm::certain || (form == MarkForm::bare && glued)) {
    builder_.add_skip(SkipKind::note_mark, link.range);
  }
}

}  // namespace loccit
