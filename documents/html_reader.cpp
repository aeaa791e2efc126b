#include "documents/html_reader.h"

#include <algorithm>

#include "documents/html_entities.h"
#include "documents/html_head.h"
#include "documents/json_text.h"

namespace loccit {
namespace {

constexpr std::size_t longest_lead_in = 32;  // "Read more:", "Lire aussi :"
constexpr std::size_t longest_link_block = 400;

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) {
    return text.size() >= ending.size() && text.substr(text.size() - ending.size()) == ending;
  });
}

// Names that mean something inside SVG and MathML only.
bool is_foreign_only(const Element& element) {
  return element.tag != Tag::title && (has(element, is_integration) || has(element, is_svg_hidden));
}

}  // namespace

HtmlReader::HtmlReader(std::string_view utf8, HtmlSyntax syntax, HtmlPart part,
                       const ReadLimits& limits)
    : tokenizer_(utf8),
      syntax_(syntax),
      part_(part),
      limits_(limits),
      builder_(content_, limits.max_output) {
  tokenizer_.allow_cdata(syntax == HtmlSyntax::xhtml);
}

TextContent HtmlReader::read() {
  HtmlToken token;
  for (tokenizer_.next(token); token.kind != HtmlTokenKind::end; tokenizer_.next(token)) {
    switch (token.kind) {
      case HtmlTokenKind::text:
        take_text(token.text);
        break;
      case HtmlTokenKind::cdata:
        take_plain(token.text);
        break;
      case HtmlTokenKind::start_tag:
        start(token);
        break;
      case HtmlTokenKind::end_tag:
        end(token);
        break;
      case HtmlTokenKind::end:
        break;
    }
  }
  while (open_.size() > 0) undo(open_.pop());
  close_link();
  end_block();
  builder_.finish();
  return std::move(content_);
}

void HtmlReader::take_text(std::string_view text) {
  if (out_of_sight()) return;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t reference_at = std::min(text.find('&', at), text.size());
    std::size_t next = reference_at;
    CharacterReference reference;
    if (reference_at < text.size()) {
      reference = read_reference(text, reference_at, ReferencePlace::text);
      next += std::max<std::size_t>(reference.length, 1);
    }
    take_plain(text.substr(at, (reference.length == 0 ? next : reference_at) - at));
    if (reference.length != 0) take_plain(reference.text);
    at = next;
  }
}

void HtmlReader::take_plain(std::string_view text) {
  if (out_of_sight() || text.empty()) return;
  if (preformatted_ == 0) {
    builder_.words(text);
    return;
  }
  if (drop_line_break_)
    text.remove_prefix(text.substr(0, 2) == "\r\n"            ? 2
                       : (text[0] == '\n' || text[0] == '\r') ? 1
                                                              : 0);
  drop_line_break_ = false;
  builder_.preformatted(text);
}

void HtmlReader::end_block() {
  if (hidden_ > 0 || unpainted_) return;  // parts nothing; what is invisible has its place
  const TextRange block = builder_.range_from(builder_.block_begin());
  if (builder_.in_block() && furniture_ == 0 && block.end > block.begin) {
    if (link_) count_link({std::max(content_.links[*link_].range.begin, block.begin), block.end});
    if (builder_.kind() == BlockKind::heading || leads_away(block)) {
      builder_.add_skip(SkipKind::page_furniture, block);
    }
  }
  linked_bytes_ = 0;
  builder_.end_block();
}

// A paragraph that is one link, or "Read more:" and a link, leads away from the text: it is no part
// of it.
bool HtmlReader::leads_away(TextRange block) const {
  constexpr std::size_t closing = 4;  // a full stop, an arrow
  const std::size_t size = block.end - block.begin;
  if (linked_bytes_ == 0 || size > longest_link_block || builder_.kind() == BlockKind::cell)
    return false;
  std::string_view lead =
      std::string_view(content_.text).substr(block.begin, first_link_ - block.begin);
  if (linked_bytes_ + lead.size() + closing < size) return false;
  while (!lead.empty() && lead.back() == ' ') lead.remove_suffix(1);
  if (lead.size() > longest_lead_in) return false;
  return lead.empty() || ends_with_any(lead, {":", "：", "»", "›", "→", ">", "|", "–", "-"});
}

void HtmlReader::count_link(TextRange text) {
  if (text.begin >= text.end) return;
  if (linked_bytes_ == 0) first_link_ = text.begin;
  linked_bytes_ += text.end - text.begin;
}

void HtmlReader::start(const HtmlToken& token) {
  const Element& found = find_element(token.name);
  drop_line_break_ = false;
  if (foreign_) {
    if (!has(found, leaves_foreign)) return start_foreign(token, found);
    leave_foreign();
  }
  const Element& element = is_foreign_only(found) ? find_element("") : found;
  if (is_ignored(element)) return;
  if (element.tag == Tag::html || element.tag == Tag::body || element.tag == Tag::head) {
    end_block();
    return read_root(token);
  }
  if (has(element, is_void)) return take_void(token, element);
  close_implied(element);
  const bool closes_itself =
      token.self_closing && (syntax_ == HtmlSyntax::xhtml || has(element, is_foreign));
  if (closes_itself) {
    if (has(element, parts_text)) end_block();
    return;
  }
  if (has(element, is_raw)) return take_raw(token, element);
  std::uint32_t traits = element.traits;
  // A declared shadow root is shown in place of its host's content.
  if (element.tag == Tag::template_ && attribute(token, "shadowrootmode"))
    traits &= ~std::uint32_t{is_hidden};
  open(token, element, traits);
  if (element.tag == Tag::plaintext) take_plain(tokenizer_.rest());
}

// SVG and MathML know no raw text and no void elements, but any element may close itself.
void HtmlReader::start_foreign(const HtmlToken& token, const Element& element) {
  if (token.self_closing) return;
  const bool keeps_traits =
      has(element, is_foreign) || has(element, is_integration) || has(element, is_formatting);
  std::uint32_t traits = keeps_traits ? element.traits : 0;
  if (has(element, is_svg_hidden) || element.tag == Tag::script ||
      equals_ignoring_case(token.name, "style")) {
    traits |= is_hidden;
  }
  if (equals_ignoring_case(token.name, "text")) traits |= parts_text;
  open(token, keeps_traits ? element : find_element(""), traits);
}

void HtmlReader::take_raw(const HtmlToken& token, const Element& element) {
  if (element.tag == Tag::script) return take_script(token);
  const auto text = tokenizer_.raw_text(element.name);
  if (!text) {
    // The end tag never comes. What follows is likelier the page than a title of a megabyte; only a
    // style sheet that was cut off is hidden to its end.
    if (element.name == "style") tokenizer_.rest();
    if (element.tag == Tag::textarea || !has(element, is_hidden)) end_block();
    return;
  }
  if (element.tag == Tag::title) {
    if (content_.title.empty() && part_ == HtmlPart::page) {
      TextContent title;
      TextBuilder words(title, limits_.max_output);
      words.words(decode_references(*text, ReferencePlace::text));
      words.finish();
      content_.title = std::move(title.text);
    }
  } else if (!has(element, is_hidden)) {
    open(token, element, element.traits);
    if (has(element, has_references)) {
      take_text(*text);
    } else {
      take_plain(*text);
    }
    close_to(open_.size() - 1);
  }
}

void HtmlReader::take_script(const HtmlToken& token) {
  const std::string_view script = tokenizer_.script_text();
  if (part_ != HtmlPart::page) return;
  const std::string type = attribute_text(token, "type");
  if (!equals_ignoring_case(std::string_view(type).substr(0, 19), "application/ld+json")) return;
  each_json_string(script, [&](std::string&& value) { add_unseen(value, content_); });
}

void HtmlReader::take_void(const HtmlToken& token, const Element& element) {
  if (has(element, closes_p)) close_implied(element);
  if (element.tag == Tag::br) {
    if (preformatted_ > 0 && builder_.in_block()) {
      take_plain("\n");
    } else {
      end_block();
    }
  } else if (has(element, parts_text)) {
    end_block();
  }
  if (part_ != HtmlPart::page) return;
  if (element.tag == Tag::meta) read_meta(token, content_);
  if (element.tag == Tag::link) read_link(token, content_);
  if (element.tag == Tag::base && content_.base_url.empty())
    content_.base_url = attribute_text(token, "href");
  if (element.tag == Tag::input && !content_.has_password_field) {
    content_.has_password_field = equals_ignoring_case(attribute_text(token, "type"), "password");
  }
}

void HtmlReader::read_root(const HtmlToken& token) {
  if (part_ != HtmlPart::page) return;
  std::string language = attribute_text(token, "lang");
  if (language.empty()) language = attribute_text(token, "xml:lang");
  for (char& c : language)
    c = c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  const bool is_html = token.name.size() == 4 && equals_ignoring_case(token.name, "html");
  if (!language.empty() && (is_html || content_.language.empty())) content_.language = language;
}

void HtmlReader::end(const HtmlToken& token) {
  const Element& element = find_element(token.name);
  drop_line_break_ = false;
  if (element.tag == Tag::html || element.tag == Tag::body || element.tag == Tag::head) return;
  if (element.tag == Tag::p || element.tag == Tag::br) leave_foreign();
  if (element.tag == Tag::br) return take_void(token, element);
  if (element.tag == Tag::form) form_is_open_ = false;
  const auto place = place_to_close(element, OpenElements::hash(token.name));
  if (!place) {
    if (element.tag == Tag::p) end_block();  // "</p>" alone makes an empty paragraph
    return;
  }
  const auto special = open_.topmost_special();
  const bool leaves_children = has(element, is_formatting) || element.tag == Tag::form;
  if (leaves_children && special && *special > *place) return take_out(*place);
  close_to(*place);
}

}  // namespace loccit
