// <meta http-equiv="refresh"> as a browser with scripts on would see it.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/bytes.h"

namespace loccit {

struct Refresh {
  std::chrono::seconds after{0};
  std::string target;  // as written; empty: the page itself
};

// The value of a Refresh header or of a refresh <meta> (WHATWG HTML "shared declarative refresh
// steps").
std::optional<Refresh> parse_refresh(std::string_view value);

// The first in the bytes given (the caller bounds them). Passes over comments and what stands in
// <script>, <style>, <noscript>, <template>, <title> and <textarea>.
std::optional<Refresh> find_meta_refresh(Bytes html);

}  // namespace loccit
