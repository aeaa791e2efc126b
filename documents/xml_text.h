// XML of any vocabulary (feeds, JATS, DocBook, TEI): its text, without a DTD, entities of its own,
// or the network.
#pragma once

#include <string_view>

#include "base/bytes.h"
#include "documents/html_tokenizer.h"
#include "documents/text_content.h"

namespace loccit {

TextContent xml_content(std::string_view utf8, const ReadLimits& limits);

// Charset of the XML declaration, "" where there is none.
std::string_view xml_declared_charset(Bytes content);

// "p" of "text:p".
std::string_view local_name(const HtmlToken& token);

// After a start tag: all up to its end tag.
void pass_over(HtmlTokenizer& tokenizer, const HtmlToken& start);

}  // namespace loccit
