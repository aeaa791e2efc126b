// The kinds of problems, as SARIF and GitLab's Code Quality name them.
#pragma once

#include <cstddef>
#include <span>

#include "verifier/verdict.h"

namespace loccit {

struct Rule {
  const char* id;  // never renumber: baselines and suppressions name them
  const char* name;
  const char* level;
  const char* summary;
  const char* help;
};

std::span<const Rule> all_rules();
std::size_t rule_of(const Verdict& verdict);  // a place in all_rules(); not for intact ones

}  // namespace loccit
