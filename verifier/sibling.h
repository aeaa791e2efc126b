// What a site shows for an address that nobody ever gave out, against what it shows for a cited
// one: where the two are one page, the cited page is none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "verifier/judge.h"

namespace loccit {

// A made-up address as deep as `url` on the same site, always the same one for the same URL; "" for
// a front page and for what is no URL. Every step that could hold an identifier is made up: many
// sites know a page by one step and take any words for the others.
std::string sibling_url(std::string_view url);

// Whether the sibling of this link should be asked for: it answers with words, and the quoted ones
// do not stand there.
bool sibling_wanted(const Citation& citation, const QuoteFinding& quote, const LinkFinding& link,
                    const Reading& reading);

// Small enough to keep for every page; pages that differ here are not the same.
struct PageShape {
  std::uint64_t title = 0;
  std::size_t words = 0;
};
PageShape shape_of(const Reading& reading);
bool may_be_same(const PageShape& a, const PageShape& b);

// The same words under the same title, but for a few such as the address itself or the time.
bool is_same_page(const Reading& page, const Reading& sibling);

}  // namespace loccit
