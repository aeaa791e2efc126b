// Signs that a page which answers is no content: an error page, a parked domain, the front page in
// place of the article, a shell that scripts would fill. What they look for is data, in
// verifier/signs. Each function names the sign in words, or returns "".
#pragma once

#include <string>
#include <string_view>

#include "documents/text_content.h"

namespace loccit {

struct PageSituation {
  std::string_view asked_url, final_url;
  bool redirected = false;
};

// A page with what its signs are told from, made once.
struct PageFace {
  PageFace(const TextContent& page, std::string_view page_markup);
  const TextContent& content;  // both must outlive this
  std::string_view markup;     // the decoded body
  std::string own;             // its words without navigation and furniture …
  std::size_t letters;         // … and how many letters they have
};

// A page with more letters of its own than these is an article, whatever else stands on it.
constexpr std::size_t short_page = 1200;
constexpr std::size_t very_short_page = 500;
constexpr std::size_t hardly_a_word = 200;
constexpr std::size_t no_word_at_all = 24;  // "Loading …"

std::string soft404_sign(const PageFace& page, const PageSituation& situation);

// Where a page with hardly a word keeps its words: "the page shows its words only …".
std::string words_elsewhere(const PageFace& page);

}  // namespace loccit
