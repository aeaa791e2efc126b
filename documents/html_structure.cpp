#include <algorithm>
#include <array>

#include "documents/html_reader.h"

namespace loccit {
namespace {

constexpr std::size_t max_survivors = 8;
constexpr std::size_t max_steps = 64;

bool is_heading(Tag tag) { return tag >= Tag::h1 && tag <= Tag::h6; }

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
      if (open.effects.changes_visibility) invisible_ = open.effects.was_invisible;
      survivors[count++] = open;
    } else {
      undo(open);
    }
  }
  while (count > 0) {
    OpenElement& open = survivors[--count];
    if (open.effects.changes_visibility) {
      open.effects.was_invisible = invisible_;
      invisible_ = open.effects.makes_invisible;
    }
    open_.push_back_again(open);
  }
}

// Out of the middle: what is open above it stays, with what it changed.
void HtmlReader::take_out(Place place) {
  OpenElement open = open_.take_out(place);
  if (open.effects.changes_visibility) {
    const Place reach = std::min(open_.size(), place + max_steps);
    for (Place above = place + 1; above < reach && open.effects.changes_visibility; ++above) {
      ElementEffects& effects = open_.effects_at(above);
      if (!effects.changes_visibility) continue;
      effects.was_invisible = open.effects.was_invisible;
      open.effects.changes_visibility = false;
    }
  }
  undo(open);
  if (open.effects.hides) end_block();  // blocks were begun while nothing showed
}

}  // namespace loccit
