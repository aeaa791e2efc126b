// Whether a quote and a page are in two languages, told with care: a wrong "translated" hides a
// lost quotation.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "verifier/source_words.h"

namespace loccit {

// The quote's language, "" where its words are too few to tell.
std::string language_of_quote(std::string_view quote);

// No fair part of the page is in the quote's language or one that so few words cannot tell from it
// (Norwegian and Danish), and the page's vocabulary does not hold the quote's words; or the quote
// is in letters that the page does not use.
bool in_another_language(std::string_view quote, std::string_view page_text,
                         std::span<const std::string> page_languages, const SourceWords& page);

}  // namespace loccit
