// What a page says of itself outside its text: title, description, canonical address, refresh,
// JSON-LD.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "documents/html_tokenizer.h"
#include "documents/text_content.h"

namespace loccit {

std::string attribute_text(const HtmlToken& token,
                           std::string_view lower_case_name);  // decoded; "" where absent

void read_meta(const HtmlToken& token, TextContent& content);
void read_link(const HtmlToken& token, TextContent& content);

// Words that stand on the page but not visibly: blanks run together, references decoded up to three
// times (as JSON-LD and descriptions need), markup left out. What holds no word is not kept.
void add_unseen(std::string_view text, TextContent& content);

// Charset that the page names in a <meta>, wherever it stands, "" where none does.
std::string find_meta_charset(Bytes page);

}  // namespace loccit
