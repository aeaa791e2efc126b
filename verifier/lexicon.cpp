#include "verifier/lexicon.h"

#include <array>
#include <map>
#include <optional>

#include "verifier/folding.h"
#include "verifier/lexicon_data.h"

namespace loccit {
namespace {

constexpr std::array<std::pair<std::string_view, WordSense>, 6> sections = {{
    {"negation", WordSense::negation},
    {"exception", WordSense::exception},
    {"quantifier", WordSense::quantifier},
    {"modal", WordSense::modal},
    {"number", WordSense::number},
    {"date", WordSense::date},
}};

}  // namespace

struct LexiconReader {
  static void read(std::string_view words, Lexicon& lexicon) {
    for_each_word(words, [&](std::string_view section, std::string_view line) {
      const std::string folded = fold(line).letters;
      if (folded.empty()) return;
      if (section == "ending") {
        lexicon.endings_.push_back(folded);
        return;
      }
      for (const auto& [name, sense] : sections) {
        if (name == section) lexicon.words_.try_emplace(folded, sense);
      }
    });
  }

  static std::map<std::string, Lexicon, std::less<>> read_all() {
    std::map<std::string, Lexicon, std::less<>> all;
    for (const LexiconFile& file : lexicon_files()) {
      read(file.words, all[std::string(file.language)]);
      read(file.words, all[""]);
    }
    return all;
  }
};

const Lexicon& Lexicon::of(std::string_view language) {
  static const std::map<std::string, Lexicon, std::less<>> lexicons = LexiconReader::read_all();
  const auto found = lexicons.find(language.substr(0, language.find('-')));
  return found == lexicons.end() ? lexicons.at("") : found->second;
}

WordSense Lexicon::sense_of(std::string_view word) const {
  const auto found = words_.find(std::string(word));
  if (found != words_.end()) return found->second;
  for (const std::string& ending : endings_) {
    if (word.size() > ending.size() + 1 && word.substr(word.size() - ending.size()) == ending)
      return WordSense::negation;
  }
  return WordSense::none;
}

}  // namespace loccit
