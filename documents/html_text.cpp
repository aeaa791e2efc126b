#include "documents/html_text.h"

#include <algorithm>

#include "base/charset_labels.h"
#include "base/text.h"
#include "documents/html_entities.h"
#include "documents/html_head.h"
#include "documents/html_reader.h"

namespace loccit {
namespace {

// Nothing to convert, nothing to copy: UTF-8 without a mark, without NUL, without the escapes of
// ISO-2022.
bool is_clean_utf8(Bytes page) {
  return page.substr(0, 3) != "\xEF\xBB\xBF" && page.find('\0') == Bytes::npos &&
         page.find('\x1B') == Bytes::npos && is_valid_utf8(page);
}

}  // namespace

TextContent html_page_content(Bytes page, std::string_view header_charset, HtmlSyntax syntax,
                              const ReadLimits& limits) {
  std::string inside;
  const bool is_clean = is_clean_utf8(page);
  if (!is_clean) inside = find_meta_charset(page);
  const std::string_view label = header_charset.empty() ? std::string_view(inside) : header_charset;
  const std::string charset = charset_for_label(label).name;
  const bool is_seven_bit = charset.find("2022") != std::string::npos || charset == "hz-gb-2312";
  if (is_clean && !is_seven_bit) {
    TextContent content = html_content(page, syntax, limits);
    content.charset = "utf-8";
    return content;
  }
  const DecodedText decoded = decode_text(page, label, inside, NulBytes::drop);
  TextContent content = html_content(decoded.text, syntax, limits);
  content.charset = decoded.charset;
  return content;
}

TextContent html_content(std::string_view utf8, HtmlSyntax syntax, const ReadLimits& limits) {
  return HtmlReader(utf8, syntax, HtmlPart::page, limits).read();
}

std::string fragment_text(std::string_view utf8) {
  return HtmlReader(utf8, HtmlSyntax::html, HtmlPart::fragment, {}).read().text;
}

namespace {

// A tag of HTML, or a comment: "<info@example.org>" and "<name>" are text.
bool opens_a_tag(std::string_view text) {
  if (text.substr(0, 1) == "!") return true;
  if (text.substr(0, 1) == "/") text.remove_prefix(1);
  const auto end = std::find_if(text.begin(), text.end(),
                                [](char c) { return is_html_space(c) || c == '>' || c == '/'; });
  const auto size = static_cast<std::size_t>(end - text.begin());
  return element_number(find_element(text.substr(0, size))) != 0;
}

}  // namespace

bool looks_like_markup(std::string_view text) {
  const std::size_t last_close = text.rfind('>');
  for (std::size_t at = text.find_first_of("<&"); at != std::string_view::npos;
       at = text.find_first_of("<&", at + 1)) {
    if (text[at] == '&' && read_reference(text, at, ReferencePlace::attribute).length > 0)
      return true;
    if (text[at] == '<' && last_close != std::string_view::npos && at < last_close &&
        opens_a_tag(text.substr(at + 1)))
      return true;
  }
  return false;
}

}  // namespace loccit
