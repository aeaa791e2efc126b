#include "documents/html_entities.h"
#include "documents/html_reader.h"

namespace loccit {
namespace {

// Browsers flatten what is nested deeper than some hundred levels; here the bound is only for
// memory.
constexpr std::size_t max_open = 1U << 18U;

}  // namespace

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
  if (element.kind == BlockKind::cell) cell_begin_ = builder_.position();
  // A cell with several paragraphs is no figure in a table: pages were laid out in tables once.
  const bool goes_on_in_cell = element.tag == Tag::p && builder_.kind() == BlockKind::cell &&
                               builder_.position() > cell_begin_;
  if (element.kind != BlockKind::paragraph || goes_on_in_cell) set_kind(element.kind, effects);
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
    // A letter floated out of the middle of a sentence is its drop cap, and no block.
    const bool is_drop_cap = style.floats && !effects.parts_text;
    if (!effects.hides && !is_drop_cap) effects.parts_text = *style.display == Display::block;
  }
  effects.hides |= style.strikes_out;
  if (style.visible) {
    effects.changes_visibility = true;
    effects.was_invisible = invisible_;
    effects.makes_invisible = !*style.visible;
    invisible_ = effects.makes_invisible;
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

}  // namespace loccit
