// HTML to the text that a reader sees, in one pass over the tokens and without a tree.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "documents/text_content.h"

namespace loccit {

// In XHTML every element may close itself and CDATA is text.
enum class HtmlSyntax { html, xhtml };

// The page as it came: charset found, NUL bytes dropped.
TextContent html_page_content(Bytes page, std::string_view header_charset, HtmlSyntax syntax,
                              const ReadLimits& limits);

TextContent html_content(std::string_view utf8, HtmlSyntax syntax, const ReadLimits& limits);

// The visible text of a piece of markup: a feed's description, a JSON string.
std::string fragment_text(std::string_view utf8);

// Holds a tag or a character reference, so that it is markup and not words.
bool looks_like_markup(std::string_view text);

}  // namespace loccit
