// Signs that a page which says 200 is no content: a robot's challenge, a login wall, an error page,
// a parked domain, the front page in place of the article. Each function names the sign, or returns
// "".
#pragma once

#include <string>
#include <string_view>

#include "base/http_message.h"
#include "documents/text_content.h"

namespace loccit {

struct PageSituation {
  std::string_view asked_url, final_url;
  bool redirected = false;
};

std::string challenge_in_headers(const Headers& headers);
std::string challenge_in_markup(std::string_view markup, const TextContent& content);
std::string login_sign(const TextContent& content, const PageSituation& situation);
std::string soft404_sign(const TextContent& content, const PageSituation& situation,
                         std::string_view markup);

}  // namespace loccit
