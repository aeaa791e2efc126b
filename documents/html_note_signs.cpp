#include "documents/html_note_signs.h"

#include <algorithm>
#include <cctype>

#include "documents/html_attributes.h"

namespace loccit {

bool is_note_block(MarkupTag tag) {
  switch (tag) {
    case MarkupTag::li:
    case MarkupTag::p:
    case MarkupTag::div:
    case MarkupTag::aside:
    case MarkupTag::dd:
    case MarkupTag::dt:
    case MarkupTag::tr:
    case MarkupTag::blockquote:
    case MarkupTag::details:
      return true;
    default:
      return false;
  }
}

bool says_notes_section(const MarkupToken& token) {
  for (const auto* name : {"role", "epub:type"}) {
    if (has_word(token.attribute(name), {"doc-endnotes", "doc-bibliography", "doc-footnote",
                                         "doc-endnote", "doc-biblioentry", "footnotes", "endnotes",
                                         "rearnotes", "footnote", "endnote", "rearnote"})) {
      return true;
    }
  }
  if (has_word(token.attribute("class"), {"footnotes",
                                          "footnote",
                                          "endnotes",
                                          "endnote",
                                          "references",
                                          "reflist",
                                          "footnote-list",
                                          "footnotes-list",
                                          "csl-bib-body",
                                          "bibliography",
                                          "ltx_bibliography",
                                          "citation-list",
                                          "notes",
                                          "sdfootnote",
                                          "sdendnote",
                                          "footnote-text",
                                          "msofootnotetext",
                                          "msoendnotetext",
                                          "biblist",
                                          "reference-list",
                                          "mw-references",
                                          "footnote-definition",
                                          "endnote-text",
                                          "footnote_text",
                                          "ref-list"})) {
    return true;
  }
  const auto id = token.attribute("id");
  return equals_folded(id, "footnotes") || equals_folded(id, "endnotes") ||
         equals_folded(id, "references") || equals_folded(id, "notes") ||
         equals_folded(id, "bibliography") ||
         contains_folded(token.attribute("style"), "mso-element:footnote") ||
         contains_folded(token.attribute("style"), "mso-element:endnote");
}

bool says_call(const MarkupToken& token, MarkupTag tag) {
  if (is_block(tag)) return false;
  for (const auto* name : {"role", "epub:type"}) {
    if (has_word(token.attribute(name), {"doc-noteref", "doc-biblioref", "noteref", "biblioref"}))
      return true;
  }
  const auto classes = token.attribute("class");
  if (tag == MarkupTag::sup && has_word(classes, {"reference", "ref", "note"})) return true;
  return has_word(classes, {"footnote-ref", "footnote-reference", "noteref", "note-ref", "fnref",
                            "footnoteref", "footnote_ref", "footref", "sdfootnoteanc",
                            "sdendnoteanc", "endnote-ref", "footnote-link", "footnote-anchor",
                            "fn-ref", "citation-reference", "xref-bibr", "xref-fn", "footnote"}) ||
         token.has("data-footnote-ref") ||
         contains_folded(token.attribute("style"), "mso-footnote-id") ||
         contains_folded(token.attribute("style"), "mso-endnote-id") ||
         starts_folded(token.attribute("name"), "_ftnref") ||
         starts_folded(token.attribute("name"), "_ednref");
}

bool says_back(const MarkupToken& token) {
  return has_word(token.attribute("role"), {"doc-backlink"}) ||
         token.has("data-footnote-backref") ||
         has_word(
             token.attribute("class"),
             {"footnote-back", "footnote-backref", "reversefootnote", "mw-cite-backlink", "backref",
              "fn-backref", "footnote-return", "fn-backlink", "sdfootnotesym", "sdendnotesym"});
}

bool says_raised(const MarkupToken& token) {
  return contains_folded(token.attribute("style"), "vertical-align:super");
}

bool speaks_of_a_note(std::string_view fragment) {
  for (const std::string_view word :
       {"fn", "ftn", "note", "edn", "bib", "ref", "cite", "foot", "sdfootnote", "sdendnote"}) {
    if (contains_folded(fragment.substr(0, 16), word)) return true;
  }
  return false;
}

bool is_arrow(std::string_view text) {
  return std::ranges::none_of(text, [](unsigned char c) { return std::isalnum(c) != 0; }) &&
         text.size() <= 16;
}

}  // namespace loccit
