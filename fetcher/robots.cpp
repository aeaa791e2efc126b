#include "fetcher/robots.h"

#include <algorithm>

#include <string.h>

#include "base/ascii.h"
#include "base/url.h"

namespace loccit {
namespace {

using ascii::lower;

bool same(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t";
  const std::size_t first = text.find_first_not_of(blanks);
  return first == std::string_view::npos
             ? std::string_view()
             : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string_view next_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return line;
}

// "loccit/2.0 (…)" names the product "loccit".
std::string_view product_of(std::string_view user_agent) {
  const auto in_token = [](char c) {
    return (lower(c) >= 'a' && lower(c) <= 'z') || c == '-' || c == '_';
  };
  const auto end = std::find_if_not(user_agent.begin(), user_agent.end(), in_token);
  return user_agent.substr(0, static_cast<std::size_t>(end - user_agent.begin()));
}

// RFC 9309 §2.2.2: octets outside of ASCII are compared in their percent-encoded form.
std::string normal(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x20 && byte < 0x7F) {
      encoded += c;
    } else {
      encoded += {'%', digits[byte >> 4U], digits[byte & 0xFU]};
    }
  }
  return normal_percent_encoding(encoded);
}

std::size_t find_from(std::string_view text, std::string_view part, std::size_t from) {
  if (part.empty()) return from;
  // memmem is linear also on "aaa…", where string_view::find is not.
  const void* at = ::memmem(text.data() + from, text.size() - from, part.data(), part.size());
  return at == nullptr ? std::string_view::npos
                       : static_cast<std::size_t>(static_cast<const char*>(at) - text.data());
}

bool matches(std::string_view pattern, std::string_view path) {
  const bool to_the_end = !pattern.empty() && pattern.back() == '$';
  if (to_the_end) pattern.remove_suffix(1);
  std::size_t at = 0;
  for (bool first = true;; first = false) {
    const std::size_t star = pattern.find('*');
    const std::string_view part = pattern.substr(0, star);
    const bool last = star == std::string_view::npos;
    if (last && to_the_end) {
      if (path.size() < at + part.size() || (first && path.size() != part.size())) return false;
      return path.substr(path.size() - part.size()) == part;
    }
    if (first) {
      if (path.substr(0, part.size()) != part) return false;
      at = part.size();
    } else {
      at = find_from(path, part, at);
      if (at == std::string_view::npos) return false;
      at += part.size();
    }
    if (last) return true;
    pattern.remove_prefix(star + 1);
  }
}

}  // namespace

std::vector<RobotsRule> parse_robots(Bytes text, std::string_view product_token) {
  std::string_view rest = text.substr(0, robots_max_bytes);
  // A rule cut in two by the limit would forbid more than was meant.
  if (text.size() >= robots_max_bytes) rest = rest.substr(0, rest.find_last_of("\r\n") + 1);
  if (rest.substr(0, 3) == "\xEF\xBB\xBF") rest.remove_prefix(3);
  std::vector<RobotsRule> ours;
  std::vector<RobotsRule> everybodys;
  bool named = false;  // some group names us, if only to forbid nothing
  bool for_us = false;
  bool for_all = false;
  bool in_agents = false;  // the last line was a user-agent: another one joins the same group
  while (!rest.empty()) {
    std::string_view line = next_line(rest);
    line = line.substr(0, line.find('#'));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view key = trim(line.substr(0, colon));
    const std::string_view value = trim(line.substr(colon + 1));
    if (same(key, "user-agent")) {
      if (!in_agents) for_us = for_all = false;
      in_agents = true;
      if (value == "*") for_all = true;
      if (same(product_of(value), product_token)) for_us = named = true;
      continue;
    }
    const bool allow = same(key, "allow");
    if (!allow && !same(key, "disallow"))
      continue;  // §2.2.4: other records do not end a group of user-agents
    in_agents = false;
    if (value.empty() || (value.front() != '/' && value.front() != '*')) continue;
    const RobotsRule rule{normal(value), allow};
    if (for_us) ours.push_back(rule);
    if (for_all) everybodys.push_back(rule);
  }
  return named ? ours : everybodys;
}

const RobotsRule* forbidding_rule(const std::vector<RobotsRule>& rules,
                                  std::string_view path_and_query) {
  const std::string path = normal(path_and_query);
  if (path == "/robots.txt") return nullptr;
  const RobotsRule* longest = nullptr;
  for (const RobotsRule& rule : rules) {
    const bool better = longest == nullptr || rule.pattern.size() > longest->pattern.size() ||
                        (rule.pattern.size() == longest->pattern.size() && rule.allow);
    if (better && matches(rule.pattern, path)) longest = &rule;
  }
  return longest != nullptr && !longest->allow ? longest : nullptr;
}

}  // namespace loccit
