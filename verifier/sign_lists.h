// The lists of verifier/signs, ready to be looked for in pages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "documents/text_content.h"
#include "verifier/folding.h"

namespace loccit {

// The line of the section that stands in the text as whole words, folded; "" if none does.
std::string phrase_in(const FoldedText& text, std::string_view section);

// A line of one section and one of another: "this page … no longer exists"; "" where one is
// missing.
std::string two_phrases_in(const FoldedText& text, std::string_view first, std::string_view second);

// Both in the title, or both in one of the page's blocks.
std::string two_phrases_in_one_place(const TextContent& page, std::string_view first,
                                     std::string_view second);

// Whether the text is one of the section's lines and nothing else, but for lines of `fillers`
// ("" for none).
bool is_phrase(std::string_view text, std::string_view section, std::string_view fillers);

// A title's parts between dashes, bars and sentence ends: "Page not found | Assembly" has two.
std::vector<std::string_view> title_parts(std::string_view title);

struct WallMark {
  std::string_view sign, whose;
};
// The lines "sign => whose" of a section.
const std::vector<WallMark>& marks_of(std::string_view section);

// A page's own words: what is neither navigation nor furniture.
std::string own_text(const TextContent& content);

std::size_t letters_in(std::string_view utf8);

}  // namespace loccit
