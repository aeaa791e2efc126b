#include "documents/field_code.h"

#include <cctype>
#include <vector>

namespace loccit {
namespace {

// Words and quoted strings; "\\" and "\"" are escapes inside the quotes.
std::vector<std::string> arguments(std::string_view code) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < code.size();) {
    if (std::isspace(static_cast<unsigned char>(code[at])) != 0) {
      ++at;
      continue;
    }
    std::string word;
    if (code[at] == '"') {
      for (++at; at < code.size() && code[at] != '"'; ++at) {
        if (code[at] == '\\' && at + 1 < code.size() &&
            (code[at + 1] == '\\' || code[at + 1] == '"'))
          ++at;
        word += code[at];
      }
      ++at;
    } else {
      while (at < code.size() && std::isspace(static_cast<unsigned char>(code[at])) == 0)
        word += code[at++];
    }
    words.push_back(std::move(word));
  }
  return words;
}

}  // namespace

FieldCode read_field_code(std::string_view code) {
  const auto words = arguments(code);
  if (words.empty()) return {};
  std::string name = words.front();
  for (auto& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  if (name == "TOC" || name == "INDEX" || name == "TOA") return {FieldKind::contents, {}};
  if (name == "NOTEREF")
    return {FieldKind::note_reference, words.size() > 1 ? words[1] : std::string()};
  if (name != "HYPERLINK") return {};
  FieldCode field{FieldKind::hyperlink, {}};
  std::string fragment;
  for (std::size_t index = 1; index < words.size(); ++index) {
    const bool takes_argument =
        words[index] == "\\l" || words[index] == "\\o" || words[index] == "\\t";
    if (words[index] == "\\l" && index + 1 < words.size()) fragment = words[index + 1];
    if (takes_argument) {
      ++index;
    } else if (!words[index].starts_with('\\') && field.target.empty()) {
      field.target = words[index];
    }
  }
  if (!field.target.empty() && !fragment.empty()) field.target += "#" + fragment;
  return field;
}

}  // namespace loccit
