// Signs that a robot was kept out: a challenge page or a login wall, whatever the status. Each
// function names the sign, or returns "".
#pragma once

#include <string>

#include "base/http_message.h"
#include "verifier/page_signs.h"

namespace loccit {

std::string challenge_in_headers(const Headers& headers);
std::string challenge_on_page(const PageFace& page);
std::string login_sign(const PageFace& page, const PageSituation& situation);

// A choice of cookies or money, or a country, without which nobody reads on.
std::string barrier_sign(const PageFace& page);

// The words by which a page says that it shows the rest of an article to subscribers only, or "".
// They count where the quoted words do not stand: many a page has them below the whole article.
std::string paywall_sign(const PageFace& page);

}  // namespace loccit
