#include <algorithm>
#include <string>

#include "base/text.h"
#include "base/zip.h"
#include "documents/html_entities.h"
#include "documents/html_head.h"
#include "documents/office_text.h"
#include "documents/text_builder.h"
#include "documents/xml_text.h"

namespace loccit {
namespace {

bool is_off(const std::string& value) { return value == "0" || value == "false" || value == "off"; }

// ECMA-376 part 1 §17: paragraphs of runs of text.
class DocxReader {
 public:
  DocxReader(std::string_view xml, TextBuilder& builder) : tokenizer_(xml), builder_(builder) {
    tokenizer_.allow_cdata(true);
  }

  void read() {
    HtmlToken token;
    for (tokenizer_.next(token); token.kind != HtmlTokenKind::end; tokenizer_.next(token)) {
      if (token.kind == HtmlTokenKind::start_tag) {
        start(token);
      } else if (token.kind == HtmlTokenKind::end_tag) {
        end(local_name(token));
      } else if (in_text_ && !run_is_hidden_) {
        builder_.words(decode_references(token.text, ReferencePlace::text));
      }
    }
    builder_.end_block();
  }

 private:
  void start(const HtmlToken& token) {
    const std::string_view name = local_name(token);
    if (name == "moveFrom" || name == "Fallback" || (name == "del" && !token.self_closing))
      return pass_over(tokenizer_, token);
    if (name == "rt") return pass_over(tokenizer_, token);  // ruby text over its base
    if (name == "p") {
      if (!joins_next_) builder_.end_block();
      joins_next_ = false;
      builder_.set_kind(cells_ > 0 ? BlockKind::cell : BlockKind::paragraph);
    }
    if (name == "tc" && !token.self_closing) ++cells_;
    if (name == "r") run_is_hidden_ = false, in_run_ = !token.self_closing;
    if (name == "t") in_text_ = !token.self_closing;
    if (name == "vanish" && in_run_) run_is_hidden_ = !is_off(attribute_text(token, "w:val"));
    if (name == "del") joins_next_ = !in_run_;  // in a paragraph's properties: its mark was deleted
    if (name == "outlineLvl") builder_.set_kind(BlockKind::heading);
    if (name == "numPr") builder_.set_kind(BlockKind::list_item);
    if (name == "pStyle") {
      const std::string style = attribute_text(token, "w:val");
      if (style.find("eading") != std::string::npos || style == "Title")
        builder_.set_kind(BlockKind::heading);
      if (style.find("Quote") != std::string::npos) builder_.set_kind(BlockKind::quotation);
    }
    if (!in_run_ || run_is_hidden_) return;
    if (name == "tab") builder_.words(" ");
    if (name == "br" || name == "cr") builder_.end_block();
    if (name == "noBreakHyphen") builder_.words("\u2011");
    if (name == "softHyphen") builder_.words("\u00AD");
  }

  void end(std::string_view name) {
    if (name == "t") in_text_ = false;
    if (name == "r") in_run_ = run_is_hidden_ = false;
    if (name == "tc" && cells_ > 0) --cells_;
    if (name == "p" && !joins_next_) builder_.end_block();
  }

  HtmlTokenizer tokenizer_;
  TextBuilder& builder_;
  std::size_t cells_ = 0;
  bool in_run_ = false;
  bool in_text_ = false;
  bool run_is_hidden_ = false;
  bool joins_next_ = false;
};

bool is_wanted(std::string_view name) {
  return name == "word/document.xml" || name == "word/footnotes.xml" ||
         name == "word/endnotes.xml" || name == "docProps/core.xml";
}

std::string title_of(const std::string& properties) {
  HtmlTokenizer tokenizer(properties);
  HtmlToken token;
  for (tokenizer.next(token); token.kind != HtmlTokenKind::end; tokenizer.next(token)) {
    if (token.kind != HtmlTokenKind::start_tag || local_name(token) != "title" ||
        token.self_closing)
      continue;
    tokenizer.next(token);
    return token.kind == HtmlTokenKind::text ? decode_references(token.text, ReferencePlace::text)
                                             : "";
  }
  return {};
}

}  // namespace

Result<TextContent> docx_content(Bytes file, const ReadLimits& limits) {
  const auto members = read_zip(file, is_wanted, limits);
  if (!members) return tl::unexpected(members.error());
  TextContent content;
  content.charset = "utf-8";
  TextBuilder builder(content, limits.max_output);
  for (const std::string_view wanted :
       {"word/document.xml", "word/footnotes.xml", "word/endnotes.xml"}) {
    const auto member = std::find_if(members->begin(), members->end(),
                                     [&](const ZipMember& m) { return m.name == wanted; });
    if (member != members->end()) {
      DocxReader(decode_text(member->content, {}).text, builder).read();
    } else if (wanted == "word/document.xml") {
      return fail(FailureKind::malformed, "the DOCX file holds no word/document.xml");
    }
  }
  builder.finish();
  for (const ZipMember& member : *members) {
    if (member.name == "docProps/core.xml") content.title = title_of(member.content);
  }
  return content;
}

}  // namespace loccit
