// The word lists as they stand in verifier/lexicons and verifier/signs, built in by
// cmake/lexicons.cmake.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

namespace loccit {

struct LexiconFile {
  std::string_view language;
  std::string_view words;
};
const std::vector<LexiconFile>& lexicon_files();
const std::vector<LexiconFile>& sign_files();  // verifier/signs

// Each line that is neither blank nor a comment, with the [section] it stands in.
void for_each_word(
    std::string_view words,
    const std::function<void(std::string_view section, std::string_view line)>& visit);

// The lines of one section of verifier/signs, in order.
const std::vector<std::string_view>& sign_phrases(std::string_view section);

}  // namespace loccit
