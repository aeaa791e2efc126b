// Compressed bodies for tests: what servers and archives send.
#pragma once

#include <string>
#include <string_view>

namespace loccit::testing {

// `window` as zlib counts: 31 gzip, 15 zlib, -15 neither.
std::string deflated(std::string_view bytes, int window);

}  // namespace loccit::testing
