// Words that Unicode's CLDR knows in every language: no list of ours repeats them.
#pragma once

#include <string>
#include <vector>

namespace loccit {

std::vector<std::string> cldr_dates(const std::string& language);  // months and weekdays, in full
// Cardinals and ordinals that are one word, but for "one", which is the article in most languages.
std::vector<std::string> cldr_numbers(const std::string& language);
std::vector<std::string> cldr_countries(const std::string& language);

// False for Arabic, Chinese, Hindi and other languages whose script has no capitals.
bool has_capitals(const std::string& language);

}  // namespace loccit
