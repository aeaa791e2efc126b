// Who may read the pages: anyone on this machine, or whoever shows the token.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/message.h"

namespace loccit {

struct AccessRules {
  std::string token;               // empty: none is asked for
  std::vector<std::string> hosts;  // values of Host that are ours (DNS rebinding); empty: any
  bool secure = false;             // served over TLS: the cookie says so
};

// What is answered instead of the page, where the request may not see it; nullopt: go on. Answers
// GET and POST of /login itself.
std::optional<WebResponse> refuse(const WebRequest& request, const AccessRules& rules);

// Whether `host` (a Host header) names this machine itself.
bool is_loopback_host(std::string_view host);

}  // namespace loccit
