#include "cli/check_settings.h"

#include <iostream>

#include <fnmatch.h>

#include "base/url.h"

namespace loccit {
namespace {

// A pattern without a scheme is one of hosts.
bool covers(const SkipRule& rule, const std::string& url) {
  if (rule.pattern.find("://") != std::string::npos)
    return fnmatch(rule.pattern.c_str(), url.c_str(), 0) == 0;
  const auto parsed = parse_url(url);
  return parsed && fnmatch(rule.pattern.c_str(), parsed->host.c_str(), 0) == 0;
}

std::string last_day(const SkipRule& rule) {
  return to_iso8601(rule.until - std::chrono::seconds(1)).substr(0, 10);
}

}  // namespace

CheckOptions check_options(const Options& options) {
  CheckOptions check;
  check.max_age = options.max_age;
  std::vector<SkipRule> rules;
  const Timestamp now = check.clock();
  for (const SkipRule& rule : options.settings.skips) {
    if (rule.until > now) rules.push_back(rule);
  }
  if (rules.empty()) return check;
  check.skip = [rules = std::move(rules)](const std::string& url) -> std::string {
    for (const SkipRule& rule : rules) {
      if (covers(rule, url)) {
        return "loccit.toml has " + url + " skipped until " + last_day(rule) + ": " + rule.reason;
      }
    }
    return "";
  };
  return check;
}

void tell_expired_skips(const Options& options) {
  for (const SkipRule& rule : options.settings.skips) {
    if (rule.until > system_clock()()) continue;
    std::cerr << "loccit: " << place_in(options.settings, rule.line) << ": the skip of "
              << rule.pattern << " ran out on " << last_day(rule)
              << ", so it is checked again; renew it or take it out\n";
  }
}

}  // namespace loccit
