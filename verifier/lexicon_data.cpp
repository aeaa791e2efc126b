#include "verifier/lexicon_data.h"

#include <map>

namespace loccit {
namespace {

using Sections = std::map<std::string_view, std::vector<std::string_view>>;

Sections read_signs() {
  Sections sections;
  for (const LexiconFile& file : sign_files()) {
    for_each_word(file.words, [&](std::string_view section, std::string_view line) {
      sections[section].push_back(line);
    });
  }
  return sections;
}

std::string_view trimmed(std::string_view line) {
  if (const auto comment = line.find('#'); comment != std::string_view::npos)
    line = line.substr(0, comment);
  while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r'))
    line.remove_suffix(1);
  while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
  return line;
}

}  // namespace

void for_each_word(std::string_view words,
                   const std::function<void(std::string_view, std::string_view)>& visit) {
  std::string_view section;
  while (!words.empty()) {
    const auto end = std::min(words.find('\n'), words.size());
    const std::string_view line = trimmed(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
    if (line.empty()) continue;
    if (line.front() == '[' && line.back() == ']') {
      section = line.substr(1, line.size() - 2);
    } else {
      visit(section, line);
    }
  }
}

const std::vector<std::string_view>& sign_phrases(std::string_view section) {
  static const Sections sections = read_signs();
  static const std::vector<std::string_view> none;
  const auto found = sections.find(section);
  return found == sections.end() ? none : found->second;
}

}  // namespace loccit
