#include "documents/markup_stream.h"

#include <algorithm>
#include <unordered_map>

namespace loccit {
namespace {

const std::unordered_map<std::string_view, MarkupTag>& tags() {
  static const std::unordered_map<std::string_view, MarkupTag> known = {
      {"a", MarkupTag::a},
      {"address", MarkupTag::address},
      {"article", MarkupTag::article},
      {"aside", MarkupTag::aside},
      {"blockquote", MarkupTag::blockquote},
      {"body", MarkupTag::body},
      {"br", MarkupTag::br},
      {"button", MarkupTag::button},
      {"caption", MarkupTag::caption},
      {"cite", MarkupTag::cite},
      {"code", MarkupTag::code},
      {"dd", MarkupTag::dd},
      {"del", MarkupTag::del},
      {"details", MarkupTag::details},
      {"div", MarkupTag::div},
      {"dl", MarkupTag::dl},
      {"dt", MarkupTag::dt},
      {"figcaption", MarkupTag::figcaption},
      {"figure", MarkupTag::figure},
      {"footer", MarkupTag::footer},
      {"form", MarkupTag::form},
      {"h1", MarkupTag::h1},
      {"h2", MarkupTag::h2},
      {"h3", MarkupTag::h3},
      {"h4", MarkupTag::h4},
      {"h5", MarkupTag::h5},
      {"h6", MarkupTag::h6},
      {"head", MarkupTag::head},
      {"header", MarkupTag::header},
      {"hr", MarkupTag::hr},
      {"html", MarkupTag::html},
      {"i", MarkupTag::i},
      {"iframe", MarkupTag::iframe},
      {"img", MarkupTag::img},
      {"input", MarkupTag::input},
      {"li", MarkupTag::li},
      {"link", MarkupTag::link},
      {"main", MarkupTag::main},
      {"math", MarkupTag::math},
      {"meta", MarkupTag::meta},
      {"nav", MarkupTag::nav},
      {"object", MarkupTag::object},
      {"ol", MarkupTag::ol},
      {"option", MarkupTag::option},
      {"p", MarkupTag::p},
      {"pre", MarkupTag::pre},
      {"q", MarkupTag::q},
      {"s", MarkupTag::s},
      {"script", MarkupTag::script},
      {"section", MarkupTag::section},
      {"select", MarkupTag::select},
      {"small", MarkupTag::small},
      {"span", MarkupTag::span},
      {"style", MarkupTag::style},
      {"sub", MarkupTag::sub},
      {"summary", MarkupTag::summary},
      {"sup", MarkupTag::sup},
      {"svg", MarkupTag::svg},
      {"table", MarkupTag::table},
      {"tbody", MarkupTag::tbody},
      {"td", MarkupTag::td},
      {"template", MarkupTag::template_},
      {"textarea", MarkupTag::textarea},
      {"tfoot", MarkupTag::tfoot},
      {"th", MarkupTag::th},
      {"thead", MarkupTag::thead},
      {"title", MarkupTag::title},
      {"tr", MarkupTag::tr},
      {"ul", MarkupTag::ul},
      {"video", MarkupTag::video},
      {"audio", MarkupTag::audio},
      {"base", MarkupTag::base},
      {"wbr", MarkupTag::wbr},
      {"noscript", MarkupTag::noscript},
      {"label", MarkupTag::label},
      {"font", MarkupTag::font},
      {"b", MarkupTag::b},
      {"em", MarkupTag::em},
      {"strong", MarkupTag::strong},
      {"tt", MarkupTag::tt},
      {"kbd", MarkupTag::kbd},
      {"samp", MarkupTag::samp}};
  return known;
}

bool is_void(MarkupTag tag, std::string_view name) {
  switch (tag) {
    case MarkupTag::br:
    case MarkupTag::hr:
    case MarkupTag::img:
    case MarkupTag::input:
    case MarkupTag::link:
    case MarkupTag::meta:
    case MarkupTag::base:
    case MarkupTag::wbr:
      return true;
    case MarkupTag::other:
      return name == "area" || name == "col" || name == "embed" || name == "param" ||
             name == "source" || name == "track";
    default:
      return false;
  }
}

bool is_table_part(MarkupTag tag) {
  return tag == MarkupTag::table || tag == MarkupTag::td || tag == MarkupTag::th ||
         tag == MarkupTag::caption || tag == MarkupTag::template_ || tag == MarkupTag::html ||
         tag == MarkupTag::object;
}
bool is_list(MarkupTag tag) {
  return tag == MarkupTag::ul || tag == MarkupTag::ol || is_table_part(tag);
}
bool is_definition_list(MarkupTag tag) { return tag == MarkupTag::dl || is_table_part(tag); }
bool is_table(MarkupTag tag) { return tag == MarkupTag::table || tag == MarkupTag::template_; }

}  // namespace

MarkupTag tag_of(std::string_view lower_case_name) {
  const auto found = tags().find(lower_case_name);
  return found == tags().end() ? MarkupTag::other : found->second;
}

bool is_heading(MarkupTag tag) { return heading_level(tag) != 0; }

int heading_level(MarkupTag tag) {
  return tag >= MarkupTag::h1 && tag <= MarkupTag::h6
             ? static_cast<int>(tag) - static_cast<int>(MarkupTag::h1) + 1
             : 0;
}

bool is_block(MarkupTag tag) {
  switch (tag) {
    case MarkupTag::address:
    case MarkupTag::article:
    case MarkupTag::aside:
    case MarkupTag::blockquote:
    case MarkupTag::body:
    case MarkupTag::caption:
    case MarkupTag::dd:
    case MarkupTag::details:
    case MarkupTag::div:
    case MarkupTag::dl:
    case MarkupTag::dt:
    case MarkupTag::figcaption:
    case MarkupTag::figure:
    case MarkupTag::footer:
    case MarkupTag::form:
    case MarkupTag::header:
    case MarkupTag::hr:
    case MarkupTag::html:
    case MarkupTag::li:
    case MarkupTag::main:
    case MarkupTag::nav:
    case MarkupTag::ol:
    case MarkupTag::p:
    case MarkupTag::pre:
    case MarkupTag::section:
    case MarkupTag::summary:
    case MarkupTag::table:
    case MarkupTag::tbody:
    case MarkupTag::td:
    case MarkupTag::tfoot:
    case MarkupTag::th:
    case MarkupTag::thead:
    case MarkupTag::tr:
    case MarkupTag::ul:
      return true;
    default:
      return is_heading(tag);
  }
}

std::string_view MarkupToken::attribute(std::string_view wanted) const {
  const auto found = std::ranges::find(attributes, wanted, &MarkupAttribute::name);
  return found == attributes.end() ? std::string_view{} : found->value;
}

bool MarkupToken::has(std::string_view wanted) const {
  return std::ranges::find(attributes, wanted, &MarkupAttribute::name) != attributes.end();
}

void BalancedMarkup::take(const MarkupToken& token) {
  switch (token.kind) {
    case MarkupTokenKind::start:
      start(token);
      break;
    case MarkupTokenKind::end:
      end(token);
      break;
    case MarkupTokenKind::text:
      handler_.text(token);
      break;
  }
}

void BalancedMarkup::start(const MarkupToken& token) {
  const MarkupTag tag = tag_of(token.name);
  close_implied(tag);
  if (open_.size() >= max_depth_) return;
  const MarkupElement element{next_number_++, tag};
  handler_.open(element, token);
  if (is_void(tag, token.name) || (token.self_closing && tag == MarkupTag::other)) {
    handler_.close(element);
    return;
  }
  ++open_count_[static_cast<std::size_t>(tag)];
  open_.push_back({element, tag == MarkupTag::other ? std::string(token.name) : std::string()});
}

void BalancedMarkup::close_implied(MarkupTag opening) {
  switch (opening) {
    case MarkupTag::li:
      close_open(MarkupTag::li, is_list);
      break;
    case MarkupTag::dd:
    case MarkupTag::dt:
      close_open(MarkupTag::dd, is_definition_list);
      close_open(MarkupTag::dt, is_definition_list);
      break;
    case MarkupTag::td:
    case MarkupTag::th:
      close_open(MarkupTag::td, is_table);
      close_open(MarkupTag::th, is_table);
      break;
    case MarkupTag::tr:
    case MarkupTag::tbody:
    case MarkupTag::tfoot:
    case MarkupTag::thead:
      close_open(MarkupTag::tr, is_table);
      break;
    case MarkupTag::option:
      close_open(MarkupTag::option, is_table_part);
      break;
    case MarkupTag::a:  // links do not nest
      close_open(MarkupTag::a, is_table_part);
      break;
    default:
      break;
  }
  if (is_block(opening) && opening != MarkupTag::td && opening != MarkupTag::th &&
      opening != MarkupTag::tr && opening != MarkupTag::caption) {
    close_open(MarkupTag::p, is_table_part);
  }
}

// Ends the innermost open `tag`, with all inside it, where nothing that `stops` stands between.
void BalancedMarkup::close_open(MarkupTag tag, bool (*stops)(MarkupTag)) {
  if (open_count_[static_cast<std::size_t>(tag)] == 0) return;
  for (std::size_t index = open_.size(); index-- > 0;) {
    if (open_[index].element.tag == tag) return close_through(index);
    if (stops(open_[index].element.tag)) return;
  }
}

void BalancedMarkup::close_through(std::size_t index) {
  while (open_.size() > index) {
    const MarkupElement element = open_.back().element;
    open_.pop_back();
    --open_count_[static_cast<std::size_t>(element.tag)];
    handler_.close(element);
  }
}

void BalancedMarkup::end(const MarkupToken& token) {
  const MarkupTag tag = tag_of(token.name);
  if (open_count_[static_cast<std::size_t>(tag)] == 0) return;
  for (std::size_t index = open_.size(); index-- > 0;) {
    const auto& open = open_[index];
    if (open.element.tag == tag && (tag != MarkupTag::other || open.name == token.name))
      return close_through(index);
    // An end tag of running text closes no block around it.
    if (is_block(open.element.tag) && !is_block(tag)) return;
    if (is_table(open.element.tag)) return;
  }
}

void BalancedMarkup::finish() { close_through(0); }

void read_balanced(const MarkupSource& source, MarkupHandler& handler, std::size_t max_depth) {
  BalancedMarkup balanced(handler, max_depth);
  source([&](const MarkupToken& token) { balanced.take(token); });
  balanced.finish();
}

}  // namespace loccit
