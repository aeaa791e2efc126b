// Where words stand, in code points and with the words around them (W3C TextQuoteSelector).
#pragma once

#include <string_view>

#include "verifier/folding.h"
#include "verifier/search.h"
#include "verifier/verdict.h"

namespace loccit {

Passage make_passage(std::string_view quote_text, const FoldedText& quote, TokenSpan quoted,
                     std::string_view source_text, const FoldedText& source, TokenSpan found);

}  // namespace loccit
