// How far a printed URL goes.
#pragma once

#include <cstddef>
#include <string_view>

#include "documents/url_beginning.h"

namespace loccit {

struct WalkedUrl {
  std::size_t end = 0;
  bool broken = false;
};

// Over blanks and line breaks too, where what stands on both sides says so. The sentence's
// punctuation is still on it.
WalkedUrl walk_url(std::string_view text, const UrlBeginning& from);

// Where the characters that a URL may have end.
std::size_t end_of_url_run(std::string_view text, std::size_t at);

// U+2010 or U+00AD at a line's end was put there by the typesetter: no URL has it. Its length with
// the break, else 0.
std::size_t hyphenation_at(std::string_view text, std::size_t at);

// The same signs within a line stand for "-" in fonts that have no other. Their length, else 0.
std::size_t typographic_hyphen_at(std::string_view text, std::size_t at);

// Moves `end` back over stops, quotation marks, and brackets that nothing in the URL opens.
void cut_glued_punctuation(std::string_view text, std::size_t begin, std::size_t& end);

}  // namespace loccit
