#include "documents/html_part_signs.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "documents/html_attributes.h"

namespace loccit {
namespace {

// A length of CSS in points, 0 where it is none.
double css_length(std::string_view style, std::string_view property) {
  const auto at = style.find(property);
  if (at == std::string_view::npos) return 0;
  auto value = style.substr(at + property.size());
  value.remove_prefix(std::min(value.find_first_not_of(" :"), value.size()));
  double number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{}) return 0;
  const auto unit = value.substr(static_cast<std::size_t>(end - value.data()), 2);
  if (unit == "in") return number * 72;
  if (unit == "cm") return number * 28.35;
  if (unit == "mm") return number * 2.835;
  if (unit == "em") return number * 12;
  if (unit == "px") return number * 0.75;
  return unit == "pt" ? number : 0;
}

}  // namespace

bool is_unread(MarkupTag tag, const MarkupToken& token) {
  switch (tag) {
    case MarkupTag::script:
    case MarkupTag::style:
    case MarkupTag::template_:
    case MarkupTag::svg:
    case MarkupTag::select:
    case MarkupTag::button:
    case MarkupTag::iframe:
    case MarkupTag::object:
    case MarkupTag::audio:
    case MarkupTag::video:
    case MarkupTag::textarea:
    case MarkupTag::noscript:
    case MarkupTag::del:
    case MarkupTag::math:
      return true;
    default:
      break;
  }
  if (token.attributes.empty()) return false;
  const auto style = token.attribute("style");
  return token.has("hidden") || contains_folded(style, "display:none") ||
         contains_folded(style, "display: none") || contains_folded(style, "visibility:hidden") ||
         contains_folded(style, "mso-hide:all") ||
         has_word(token.attribute("class"),
                  {"mw-editsection", "headerlink", "anchor-link", "mw-cite-backlink", "sr-only",
                   "visually-hidden", "screen-reader-text", "ltx_note_mark", "ltx_tag_note",
                   "z3988", "footnote-backref", "footnote-back", "anchorjs-link"});
}

bool is_furniture(MarkupTag tag, const MarkupToken& token, bool in_article) {
  if (tag == MarkupTag::nav ||
      ((tag == MarkupTag::header || tag == MarkupTag::footer) && !in_article))
    return true;
  if (token.attributes.empty()) return false;
  if (has_word(token.attribute("role"),
               {"navigation", "banner", "contentinfo", "search", "menu", "menubar", "doc-toc"})) {
    return true;
  }
  if (has_word(token.attribute("epub:type"), {"toc", "landmarks"})) return true;
  const auto id = token.attribute("id");
  for (const auto* name : {"toc", "navigation", "breadcrumbs", "breadcrumb", "jump-to-nav",
                           "catlinks", "contentsub", "sitesub", "normdaten"}) {
    if (equals_folded(id, name)) return true;
  }
  return has_word(token.attribute("class"), {"toc",
                                             "table-of-contents",
                                             "navbox",
                                             "navbar",
                                             "vertical-navbox",
                                             "breadcrumb",
                                             "breadcrumbs",
                                             "pagination",
                                             "noprint",
                                             "catlinks",
                                             "printfooter",
                                             "mw-jump-link",
                                             "sistersitebox",
                                             "ambox",
                                             "mw-indicators",
                                             "sidebar",
                                             "sphinxsidebar",
                                             "related",
                                             "share",
                                             "social",
                                             "ltx_toclist",
                                             "ltx_page_navbar",
                                             "contents",
                                             "authority-control"});
}

bool is_code(MarkupTag tag) {
  return tag == MarkupTag::code || tag == MarkupTag::kbd || tag == MarkupTag::samp ||
         tag == MarkupTag::tt;
}

bool is_quotation_paragraph(const MarkupToken& token) {
  constexpr double least = 14;  // half a centimetre
  if (token.attributes.empty()) return false;
  const auto style = token.attribute("style");
  return has_word(token.attribute("class"),
                  {"msoquote", "msointensequote", "msoblocktext", "quotations", "quote",
                   "blockquote", "block-quote", "blocktext", "block-text", "extract"}) ||
         (css_length(style, "margin-left") >= least && css_length(style, "margin-right") >= least);
}

bool is_indented(const MarkupToken& token) {
  return css_length(token.attribute("style"), "margin-left") > 0;
}

}  // namespace loccit
