// The author's own commands, and the other files of a document.
#include <algorithm>

#include "documents/code_points.h"
#include "documents/latex_reader.h"

namespace loccit {
namespace {

// Bytes and calls that macros may make of a document: past this it is no text.
constexpr std::size_t most_expanded = 32U << 20U;
constexpr std::size_t cost_of_a_call = 256;

int argument_count(std::string_view digits) {
  return digits.size() == 1 && digits[0] >= '1' && digits[0] <= '9' ? digits[0] - '0' : 0;
}

std::string_view without_backslash(std::string_view name) {
  name = trimmed(name);
  return name.starts_with('\\') ? name.substr(1) : name;
}

// "\fnsymbol{footnote}", "\roman{footnote}", …: how the counter is printed.
std::string numbering_of(std::string_view definition) {
  constexpr auto npos = std::string_view::npos;
  if (definition.find("\\roman") != npos) return "lowerRoman";
  if (definition.find("\\Roman") != npos) return "upperRoman";
  if (definition.find("\\alph") != npos) return "lowerLetter";
  if (definition.find("\\Alph") != npos) return "upperLetter";
  if (definition.find("\\fnsymbol") != npos) return "chicago";
  return "decimal";
}

}  // namespace

const LatexSource& LatexReader::keep(std::string text) {
  return sources_.emplace_back(std::move(text), false);
}

// \newcommand{\name}[arguments][first]{body}; xparse says {m o m} in place of a number.
void LatexReader::define_macro(LatexTokens& tokens) {
  const auto name = std::string(without_backslash(tokens.argument()));
  Macro macro;
  if (const auto count = tokens.option()) {
    macro.arguments = argument_count(trimmed(*count));
    if (const auto first = tokens.option()) macro.first = std::string(*first);
  }
  macro.body = tokens.argument();
  if (macro.body.size() <= 8 && macro.body.find_first_not_of("mos ") == std::string::npos &&
      tokens.rest().starts_with('{')) {
    macro.arguments = static_cast<int>(std::ranges::count(macro.body, 'm'));
    macro.body = tokens.argument();
  }
  if (name == "thefootnote") footnotes_.format = numbering_of(macro.body);
  if (name == "theendnote") endnotes_.format = numbering_of(macro.body);
  macros_.insert_or_assign(name, std::move(macro));
}

// \def\name#1#2{body}
void LatexReader::define_primitive(LatexTokens& tokens) {
  const auto name = std::string(without_backslash(tokens.argument()));
  Macro macro;
  const auto parameters = tokens.rest().substr(0, 64);
  const auto brace = parameters.find('{');
  if (brace == std::string_view::npos) return;
  macro.arguments = static_cast<int>(std::ranges::count(parameters.substr(0, brace), '#'));
  tokens.up_to(parameters.substr(0, brace));
  macro.body = tokens.argument();
  macros_.insert_or_assign(name, std::move(macro));
}

bool LatexReader::expand(LatexTokens& tokens, std::string_view name) {
  const auto found = macros_.find(std::string(name));
  if (found == macros_.end() || expanded_ > most_expanded) return false;
  const Macro macro = found->second;  // the expansion may define it anew
  std::vector<std::string> arguments;
  if (macro.first) arguments.emplace_back(tokens.option().value_or(*macro.first));
  while (arguments.size() < static_cast<std::size_t>(macro.arguments))
    arguments.emplace_back(tokens.argument());
  std::string text;
  for (std::size_t at = 0; at < macro.body.size(); ++at) {
    const auto number = macro.body[at] == '#' && at + 1 < macro.body.size()
                            ? static_cast<std::size_t>(macro.body[at + 1] - '0')
                            : 0;
    if (number >= 1 && number <= arguments.size()) {
      text += arguments[number - 1];
      ++at;
    } else {
      text += macro.body[at];
    }
    if (text.size() > most_expanded) return true;
  }
  expanded_ += text.size() + cost_of_a_call;
  read(LatexTokens(keep(std::move(text))));
  return true;
}

std::string LatexReader::file(const std::string& name) const {
  const auto own = files_.find(name);
  if (own != files_.end()) return own->second;
  return hint_.companion ? hint_.companion(name) : std::string();
}

// \input{chapter}
void LatexReader::read_file(LatexTokens& tokens) {
  auto name = std::string(trimmed(tokens.argument()));
  auto text = file(name.find('.') == std::string::npos ? name + ".tex" : name);
  if (text.empty()) {
    if (!in_preamble_)
      builder_.warn("the file " + name + " is not beside the document and was not read",
                    last_place_);
    return;
  }
  expanded_ += text.size() + cost_of_a_call;
  if (expanded_ > most_expanded) return;
  read(LatexTokens(keep(std::move(text))));
}

}  // namespace loccit
