#include "documents/xml_text.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "documents/html_elements.h"
#include "documents/html_entities.h"
#include "documents/html_head.h"
#include "documents/html_text.h"
#include "documents/text_builder.h"

namespace loccit {
namespace {

constexpr std::size_t max_open = 1U << 18U;

// Inline elements of JATS, TEI, DocBook and SVG that HTML does not have; sorted.
constexpr std::array<std::string_view, 24> inline_names = {
    "bold",   "command", "emph",           "emphasis", "ext-link", "filename",  "foreign", "hi",
    "italic", "literal", "monospace",      "persName", "phrase",   "placeName", "quote",   "ref",
    "roman",  "sc",      "styled-content", "term",     "tspan",    "underline", "uri",     "xref"};

static_assert(std::is_sorted(inline_names.begin(), inline_names.end()));

bool is_inline(std::string_view name) {
  const Element& element = find_element(name);
  const bool known = has(element, is_formatting) || has(element, leaves_foreign);
  if (known && !has(element, parts_text) && !has(element, is_void)) return true;
  return std::binary_search(inline_names.begin(), inline_names.end(), name);
}

class XmlReader {
 public:
  XmlReader(std::string_view utf8, const ReadLimits& limits)
      : tokenizer_(utf8), builder_(content_, limits.max_output) {
    tokenizer_.allow_cdata(true);
  }

  TextContent read() {
    HtmlToken token;
    for (tokenizer_.next(token); token.kind != HtmlTokenKind::end; tokenizer_.next(token)) {
      switch (token.kind) {
        case HtmlTokenKind::text:
          run_ += decode_references(token.text, ReferencePlace::text);
          break;
        case HtmlTokenKind::cdata:
          run_ += token.text;
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
    take_run({});
    builder_.finish();
    return std::move(content_);
  }

 private:
  struct Open {
    bool is_inline = false;
    bool has_words = false;
    bool has_children = false;
  };

  void start(const HtmlToken& token) {
    take_run({});
    const std::string_view name = local_name(token);
    // A child of an element that has words of its own stands among them, whatever its name.
    const bool among_words = !open_.empty() && open_.back().has_words;
    const bool inside_line = among_words || is_inline(name);
    if (!inside_line) builder_.end_block();
    if (!open_.empty()) open_.back().has_children = true;
    read_attributes(token, name);
    if (token.self_closing) return;
    if (name == "script" || name == "style") return pass_over(tokenizer_, token);
    if (open_.size() < max_open) {
      open_.push_back({inside_line, false, false});
    } else {
      ++too_deep_;
    }
  }

  void end(const HtmlToken& token) {
    const bool is_leaf = too_deep_ == 0 && !open_.empty() && !open_.back().has_children;
    take_run(is_leaf ? local_name(token) : std::string_view());
    if (too_deep_ > 0) {
      --too_deep_;
    } else if (!open_.empty()) {
      if (!open_.back().is_inline) builder_.end_block();
      open_.pop_back();
    }
  }

  void read_attributes(const HtmlToken& token, std::string_view name) {
    if (open_.empty() && content_.language.empty())
      content_.language = attribute_text(token, "xml:lang");
    if (name != "link" && name != "a") return;
    Link link;
    link.url = attribute_text(token, "href");
    link.rel = attribute_text(token, "rel");
    link.language = attribute_text(token, "hreflang");
    link.range = {builder_.position(), builder_.position()};
    if (!link.url.empty()) content_.links.push_back(std::move(link));
  }

  // `leaf` names the element whose whole content this is. Feeds hold HTML in theirs, escaped or as
  // CDATA.
  void take_run(std::string_view leaf) {
    if (run_.find_first_not_of(" \t\r\n\f") == std::string::npos) {
      builder_.words(run_);
      run_.clear();
      return;
    }
    if (!open_.empty()) open_.back().has_words = true;
    if (!leaf.empty() && looks_like_markup(run_)) {
      const std::string text = fragment_text(run_);
      for (std::size_t at = 0; at < text.size();) {
        const std::size_t line_end = std::min(text.find('\n', at), text.size());
        if (at > 0) builder_.end_block();
        builder_.words(std::string_view(text).substr(at, line_end - at));
        at = line_end + 1;
      }
    } else {
      builder_.words(run_);
    }
    if (leaf == "title" && content_.title.empty())
      content_.title = content_.text.substr(builder_.range_from(builder_.block_begin()).begin);
    if (leaf == "language" && content_.language.empty()) content_.language = run_;
    run_.clear();
  }

  HtmlTokenizer tokenizer_;
  TextContent content_;
  TextBuilder builder_;
  std::vector<Open> open_;
  std::size_t too_deep_ = 0;
  std::string run_;
};

}  // namespace

TextContent xml_content(std::string_view utf8, const ReadLimits& limits) {
  return XmlReader(utf8, limits).read();
}

std::string_view xml_declared_charset(Bytes content) {
  const Bytes head = content.substr(0, content.substr(0, 400).find("?>"));
  const std::size_t name = head.find("encoding");
  if (head.find("<?xml") == Bytes::npos || name == Bytes::npos) return {};
  const std::size_t open = head.find_first_of("\"'", name);
  if (open == Bytes::npos) return {};
  return head.substr(open + 1, std::min(head.find(head[open], open + 1), head.size()) - open - 1);
}

std::string_view local_name(const HtmlToken& token) {
  const std::size_t colon = token.name.find(':');
  return colon == std::string_view::npos ? token.name : token.name.substr(colon + 1);
}

void pass_over(HtmlTokenizer& tokenizer, const HtmlToken& start) {
  if (start.self_closing) return;
  const std::string_view name = start.name;  // a view of the input, not of the token
  HtmlToken token;
  std::size_t depth = 1;
  for (tokenizer.next(token); token.kind != HtmlTokenKind::end; tokenizer.next(token)) {
    if (token.name != name || token.kind == HtmlTokenKind::text ||
        token.kind == HtmlTokenKind::cdata)
      continue;
    if (token.kind == HtmlTokenKind::start_tag && !token.self_closing) ++depth;
    if (token.kind == HtmlTokenKind::end_tag && --depth == 0) return;
  }
}

}  // namespace loccit
