// Text Fragments: a URL that a browser scrolls to the words
// (https://wicg.github.io/scroll-to-text-fragment/).
#pragma once

#include <string>
#include <string_view>

#include "documents/text_content.h"
#include "verifier/verdict.h"

namespace loccit {

// `url` with "#:~:text=…"; its own fragment is kept before it. Empty where the passage has no
// words.
std::string text_fragment_url(std::string_view url, const Passage& passage,
                              const TextContent& content);

}  // namespace loccit
