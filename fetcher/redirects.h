// Where an answer sends its reader next. Pure.
#pragma once

#include <optional>
#include <string>

#include "base/http_message.h"
#include "base/result.h"
#include "fetcher/exchange.h"

namespace loccit {

// A browser sends its reader on after a longer wait as well, but by then he has read the page.
constexpr std::chrono::seconds longest_refresh{5};

// The absolute URL (user information and fragment still on) that a 301, 302, 303, 307 or 308 names,
// or that a Refresh header or <meta> on a 2xx page does; nullopt: this answer is the last. A target
// that is no URL fails as malformed; the scheme is the caller's to judge. `base` is the URL asked
// for, with its user information.
Result<std::optional<std::string>> redirect_of(const Hop& hop, std::string_view base);

}  // namespace loccit
