// robots.txt as RFC 9309 has it: parsing and matching. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace loccit {

constexpr std::size_t robots_max_bytes = 500U << 10U;  // RFC 9309 §2.5

struct RobotsRule {
  std::string pattern;  // percent-encoding normalised; "*" and a closing "$" are special
  bool allow = false;
};

// The rules of the groups for `product_token` together, or of those for "*" where no group names
// it.
std::vector<RobotsRule> parse_robots(Bytes text, std::string_view product_token);

// The rule that forbids this path with query, or nullptr: the longest match decides, and "allow"
// wins a tie.
const RobotsRule* forbidding_rule(const std::vector<RobotsRule>& rules,
                                  std::string_view path_and_query);

}  // namespace loccit
