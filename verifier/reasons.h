// The sentence that says why.
#pragma once

#include <span>
#include <string>

#include "documents/document.h"
#include "verifier/verdict.h"

namespace loccit {

// Of a quote that does not stand word for word: names the words that differ.
std::string reason_for(const QuoteFinding& finding);

// Of a citation with nothing to fetch: what its sources are.
std::string reason_for_no_links(std::span<const Source> sources);

// Of links none of which gives content.
std::string reason_for_links(std::span<const LinkFinding> links);

// First letter capital, a full stop at the end.
std::string as_sentence(std::string words);

// Long words cut in the middle, so that a sentence stays one.
std::string shortened(const std::string& words);

}  // namespace loccit
