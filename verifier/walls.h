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

}  // namespace loccit
