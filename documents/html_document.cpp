#include "documents/html_document.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "base/http_message.h"
#include "base/text.h"
#include "base/url.h"
#include "documents/html_attributes.h"
#include "documents/html_head.h"
#include "documents/html_notes.h"
#include "documents/html_part_signs.h"
#include "documents/html_source.h"
#include "documents/marked_text_builder.h"
#include "documents/readers.h"

namespace loccit {
namespace {

class HtmlText final : public MarkupHandler {
 public:
  HtmlText(const HtmlNotes& notes, const DocumentHint& hint, const ReadLimits& limits)
      : notes_(notes), builder_(limits), base_url_(hint.base_url) {}

  void open(const MarkupElement& element, const MarkupToken& token) override;
  void close(const MarkupElement& element) override;
  void text(const MarkupToken& token) override;
  MarkedText finish();

 private:
  // What has to be undone when an element ends.
  struct Open {
    std::size_t number = 0;
    bool is_unread = false;
    bool is_furniture = false;
    bool is_article = false;
    bool is_note = false;
    bool is_link = false;
    bool is_attribution = false;
    bool is_linkless = false;
    bool is_quotation = false;
    bool is_table_or_list = false;
    bool is_title = false;
  };

  bool open_note_parts(Open& open, const MarkupElement& element, const MarkupToken& token);
  void open_text_part(Open& open, const MarkupElement& element, const MarkupToken& token);
  void open_link(Open& open, const MarkupElement& element, const MarkupToken& token);
  void set_styled_quotation(bool wanted);
  std::string resolved(std::string_view reference) const;
  bool is_silent() const { return unread_ > 0 || (furniture_ > 0 && !builder_.in_note()); }

  const HtmlNotes& notes_;
  MarkedTextBuilder builder_;
  std::string base_url_;
  bool has_base_element_ = false;
  std::vector<Open> open_;
  int unread_ = 0;
  int furniture_ = 0;
  int articles_ = 0;
  int linkless_ = 0;
  int quotes_ = 0;
  std::size_t side_notes_ = 0;
  bool in_styled_quotation_ = false;
  int tables_and_lists_ = 0;
  bool in_head_title_ = false;
  bool has_styled_title_ = false;
  std::string head_title_;
};

// Notes numbered 1, 2, 3 and notes lettered a, b, c are series of their own.
int series_of(std::string_view label) {
  if (label.empty() || (label[0] >= '0' && label[0] <= '9')) return 0;
  return label.find_first_not_of("abcdefghijklmnopqrstuvwxyzIVXLC") == std::string_view::npos ? 1
                                                                                              : 2;
}

MarkedText HtmlText::finish() {
  auto text = builder_.finish(true);
  text.title_is_no_heading = has_styled_title_;
  for (Note& note : text.notes) note.series = series_of(note.label);
  return text;
}

std::string HtmlText::resolved(std::string_view reference) const {
  while (!reference.empty() &&
         (reference.front() == ' ' || reference.front() == '\n' || reference.front() == '\t')) {
    reference.remove_prefix(1);
  }
  while (!reference.empty() &&
         (reference.back() == ' ' || reference.back() == '\n' || reference.back() == '\t')) {
    reference.remove_suffix(1);
  }
  if (reference.empty()) return {};
  if (starts_folded(reference, "http://") || starts_folded(reference, "https://"))
    return std::string(reference);
  const auto colon = reference.find(':');
  const auto slash = reference.find_first_of("/?#");
  if (colon != std::string_view::npos && (slash == std::string_view::npos || colon < slash))
    return {};  // mailto:, data:, …
  if (base_url_.empty())
    return reference.starts_with("//") ? "https:" + std::string(reference) : std::string();
  auto url = resolve_url(base_url_, reference);
  return url ? std::move(*url) : std::string();
}

void HtmlText::open(const MarkupElement& element, const MarkupToken& token) {
  Open open{element.number};
  if (unread_ == 0) {
    if (element.tag == MarkupTag::base && !has_base_element_ && token.has("href")) {
      has_base_element_ = true;
      if (auto url = resolved(token.attribute("href")); !url.empty()) base_url_ = std::move(url);
    } else if (element.tag == MarkupTag::html) {
      builder_.set_language(std::string(token.attribute("lang").substr(0, 2)));
    } else if (element.tag == MarkupTag::title) {
      in_head_title_ = head_title_.empty();
    }
    if (!open_note_parts(open, element, token)) open_text_part(open, element, token);
  }
  unread_ += open.is_unread ? 1 : 0;
  furniture_ += open.is_furniture ? 1 : 0;
  articles_ += open.is_article ? 1 : 0;
  linkless_ += open.is_linkless ? 1 : 0;
  tables_and_lists_ += open.is_table_or_list ? 1 : 0;
  open_.push_back(open);
}

// Notes, their calls and the links back.
bool HtmlText::open_note_parts(Open& open, const MarkupElement& element, const MarkupToken& token) {
  if (const auto note = notes_.notes.find(element.number); note != notes_.notes.end()) {
    builder_.end_part();
    builder_.begin_note(note->second, {}, token.location);
    open.is_note = true;
    return false;
  }
  if (const auto more = notes_.more_of.find(element.number); more != notes_.more_of.end()) {
    builder_.begin_note(more->second, {}, token.location);
    open.is_note = true;
    return false;
  }
  if (const auto call = notes_.calls.find(element.number); call != notes_.calls.end()) {
    if (!is_silent()) builder_.add_call(call->second.key, call->second.label, token.location);
    open.is_unread = !call->second.is_word;
    return true;
  }
  if (notes_.unread.contains(element.number) || is_unread(element.tag, token)) {
    open.is_unread = true;
    return true;
  }
  if (!token.attributes.empty() && !builder_.in_note() &&
      has_word(token.attribute("class"), {"sidenote", "ltx_role_footnote"})) {
    const auto label = std::to_string(++side_notes_);
    builder_.add_call("side " + label, label, token.location);
    builder_.begin_note("side " + label, label, token.location);
    open.is_note = true;
    return true;
  }
  return false;
}

void HtmlText::open_text_part(Open& open, const MarkupElement& element, const MarkupToken& token) {
  const auto tag = element.tag;
  open.is_furniture = is_furniture(tag, token, articles_ > 0 || builder_.in_quotation()) ||
                      (notes_.main && tag == MarkupTag::body);
  if (notes_.main == element.number) {  // the text proper: whatever stands around it is furniture
    furniture_ = 0;
    open.is_article = true;
  }
  open.is_article = open.is_article || tag == MarkupTag::article || tag == MarkupTag::main;
  open.is_linkless =
      tag == MarkupTag::aside || (tag == MarkupTag::footer && !builder_.in_quotation());
  open.is_table_or_list = tag == MarkupTag::table || tag == MarkupTag::li || tag == MarkupTag::dd;
  if (is_silent() || open.is_furniture) return;
  if (is_block(tag) && !builder_.in_note()) {
    const bool is_styled = tag == MarkupTag::p ? is_quotation_paragraph(token)
                                               : tag == MarkupTag::blockquote && is_indented(token);
    set_styled_quotation(is_styled && tables_and_lists_ == 0);
  }
  switch (tag) {
    case MarkupTag::h1:
    case MarkupTag::h2:
    case MarkupTag::h3:
    case MarkupTag::h4:
    case MarkupTag::h5:
    case MarkupTag::h6:
      builder_.begin_part(PartKind::heading, heading_level(tag), token.location);
      break;
    case MarkupTag::p:
      // Google Docs and LibreOffice: the page's title is a paragraph in a style of that name.
      if (head_title_.empty() && has_word(token.attribute("class"), {"title"})) {
        in_head_title_ = open.is_title = has_styled_title_ = true;
        break;
      }
      [[fallthrough]];
    case MarkupTag::figcaption:
      builder_.begin_part(PartKind::paragraph, 0, token.location);
      break;
    case MarkupTag::li:
    case MarkupTag::dd:
    case MarkupTag::dt:
      builder_.begin_part(PartKind::list_item, 0, token.location);
      break;
    case MarkupTag::td:
    case MarkupTag::th:
    case MarkupTag::caption:
      builder_.begin_part(PartKind::cell, 0, token.location);
      break;
    case MarkupTag::pre:
      builder_.begin_part(PartKind::verbatim, 0, token.location);
      break;
    case MarkupTag::blockquote:
      if (in_styled_quotation_) {
        builder_.begin_part(PartKind::paragraph, 0, token.location);
      } else {
        builder_.begin_quotation(resolved(token.attribute("cite")));
        open.is_quotation = true;
      }
      break;
    case MarkupTag::q:
      if (quotes_++ == 0) {
        builder_.begin_quote(resolved(token.attribute("cite")));
      } else {
        builder_.add_text("\u2018", token.location);
      }
      break;
    case MarkupTag::sup:
      builder_.begin_raised();
      break;
    case MarkupTag::br:
      builder_.add_line_break();
      break;
    case MarkupTag::cite:
    case MarkupTag::footer:
      // A work's title amid the quotation is part of it; what begins a line names the source.
      if (builder_.in_quotation() && builder_.at_line_start()) {
        builder_.begin_attribution();
        open.is_attribution = true;
      }
      break;
    case MarkupTag::a:
      open_link(open, element, token);
      break;
    default:
      if (is_block(tag)) builder_.end_part();
      if (is_code(tag)) builder_.begin_code();
      break;
  }
}

// Paragraphs that are one quotation follow one another.
void HtmlText::set_styled_quotation(bool wanted) {
  if (wanted == in_styled_quotation_ || (wanted && builder_.in_quotation())) return;
  if (wanted) {
    builder_.begin_quotation();
  } else {
    builder_.end_quotation();
  }
  in_styled_quotation_ = wanted;
}

void HtmlText::open_link(Open& open, const MarkupElement& element, const MarkupToken& token) {
  const auto href = token.attribute("href");
  const bool is_around = linkless_ > 0 || notes_.around.contains(element.number);
  if (href.empty() || (is_around && !builder_.in_note())) return;
  if (has_word(token.attribute("rel"), {"tag", "author", "license", "prev", "next"})) return;
  const bool is_absolute = starts_folded(href, "http") || href.starts_with("//");
  auto url = resolved(href);
  if (url.empty() || (!is_absolute && (href.starts_with("#") || contains_folded(href, "Special:"))))
    return;
  builder_.begin_link(std::move(url), is_absolute ? LinkOrigin::absolute : LinkOrigin::own_site,
                      token.location);
  open.is_link = true;
}

void HtmlText::text(const MarkupToken& token) {
  if (in_head_title_ && head_title_.size() < 1000) head_title_ += token.text;
  if (in_head_title_ || is_silent()) return;
  builder_.add_text(token.text, token.location);
}

void HtmlText::close(const MarkupElement& element) {
  if (open_.empty() || open_.back().number != element.number) return;
  const auto open = open_.back();
  open_.pop_back();
  if ((element.tag == MarkupTag::title || open.is_title) && in_head_title_) {
    in_head_title_ = false;
    builder_.set_title(head_title_);
  }
  if (open.is_link) builder_.end_link();
  if (open.is_attribution) builder_.end_attribution();
  if (!is_silent()) {
    if (open.is_quotation) {
      builder_.end_quotation();
    } else if (element.tag == MarkupTag::q && quotes_ > 0) {
      if (--quotes_ == 0) {
        builder_.end_quote();
      } else {
        builder_.add_text("\u2019");
      }
    } else if (element.tag == MarkupTag::sup) {
      builder_.end_raised();
    } else if (is_code(element.tag)) {
      builder_.end_code();
    } else if (is_block(element.tag)) {
      builder_.end_part();
    }
  }
  if (open.is_note) builder_.end_note();
  unread_ -= open.is_unread ? 1 : 0;
  furniture_ -= open.is_furniture && furniture_ > 0 ? 1 : 0;
  articles_ -= open.is_article ? 1 : 0;
  linkless_ -= open.is_linkless ? 1 : 0;
  tables_and_lists_ -= open.is_table_or_list ? 1 : 0;
  if (notes_.main == element.number) furniture_ = 1;
}

}  // namespace

MarkedText read_markup(const MarkupSource& source, const DocumentHint& hint,
                       const ReadLimits& limits) {
  const auto page = hint.base_url.substr(0, hint.base_url.find('#'));
  const auto is_same_page = [&](std::string_view href) {
    const auto path = href.substr(0, href.find('#'));
    // "./Article#cite_note-1" of a saved page: a fragment that this page has decides
    // (html_notes.cpp).
    return path == page ||
           (path.find("://") == std::string_view::npos && path.find('/') == path.rfind('/'));
  };
  const auto notes = find_html_notes(source, is_same_page, limits);
  HtmlText text(notes, hint, limits);
  read_balanced(source, text, limits.max_depth);
  return text.finish();
}

Result<MarkedText> read_html(Bytes content, const DocumentHint& hint, const ReadLimits& limits) {
  auto charset = parse_content_type(hint.media_type).charset;
  if (charset.empty()) charset = find_meta_charset(content);
  const auto decoded = decode_text(content, charset);
  return read_markup(html_source(decoded.text), hint, limits);
}

}  // namespace loccit
