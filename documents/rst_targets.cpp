#include "documents/rst_targets.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/ascii.h"
#include "documents/code_points.h"

namespace loccit {
namespace {

using ascii::is_digits;

constexpr std::size_t longest_label = 80;
constexpr std::size_t longest_reference = 4000;

// Docutils' signs for [*]_, in their order.
std::string symbol(std::size_t index) {
  static constexpr std::array<std::string_view, 10> signs = {
      "*", "\u2020", "\u2021", "\u00A7", "\u00B6", "#", "\u2660", "\u2665", "\u2666", "\u2663"};
  std::string out;
  for (std::size_t times = 0; times <= index / signs.size() && times < 8; ++times)
    out += signs[index % signs.size()];
  return out;
}

bool looks_like_url(std::string_view text) {
  const auto colon = text.find(':');
  return colon != std::string_view::npos && colon > 0 && colon < 12 && text.size() > colon + 1 &&
         std::ranges::all_of(text.substr(0, colon), [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '+' || c == '.' || c == '-';
         });
}

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
    out += text[at];
  }
  return out;
}

// A target's URL may go on over deeper lines.
std::string url_at(const std::vector<RstLine>& lines, std::size_t i, std::string_view first) {
  constexpr std::size_t most_lines = 8;
  std::string url(trimmed(first));
  for (std::size_t more = i + 1; more < lines.size() && !lines[more].is_blank() &&
                                 lines[more].indent > lines[i].indent && more < i + most_lines;
       ++more) {
    url += lines[more].text;
  }
  return url;
}

// Where the name of a target ends: at a colon with a blank or the line's end after it, outside of
// backquotes.
std::size_t end_of_name(std::string_view rest) {
  bool quoted = false;
  for (std::size_t at = 0; at < rest.size(); ++at) {
    if (rest[at] == '\\') {
      ++at;
    } else if (rest[at] == '`') {
      quoted = !quoted;
    } else if (rest[at] == ':' && !quoted && (at + 1 == rest.size() || rest[at + 1] == ' ')) {
      return at;
    }
  }
  return std::string_view::npos;
}

}  // namespace

std::vector<RstLine> rst_lines(std::string_view text) {
  std::vector<RstLine> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    RstLine line;
    auto at = begin;
    for (;
         at < end && (text[at] == ' ' || text[at] == '\t' || text[at] == '\v' || text[at] == '\f');
         ++at) {
      line.indent = text[at] == '\t' ? (line.indent / 8 + 1) * 8 : line.indent + 1;
    }
    line.text = text.substr(at, end - at);
    while (!line.text.empty() &&
           (line.text.back() == ' ' || line.text.back() == '\t' || line.text.back() == '\r')) {
      line.text.remove_suffix(1);
    }
    line.offset = at;
    lines.push_back(line);
    begin = end + 1;
  }
  return lines;
}

std::string rst_name(std::string_view name) {
  return lower_case(collapsed(unescaped(trimmed(name))));
}

std::optional<RstNoteHead> rst_note_head(std::string_view line) {
  if (!line.starts_with(".. [")) return std::nullopt;
  const auto close = line.find(']');
  if (close == std::string_view::npos || close < 5 || close > longest_label) return std::nullopt;
  const auto label = line.substr(4, close - 4);
  if (label.find_first_of(" \t`<>\"") != std::string_view::npos) return std::nullopt;
  if (close + 1 < line.size() && line[close + 1] != ' ') return std::nullopt;
  return RstNoteHead{label, trimmed(line.substr(close + 1))};
}

RstTargets::RstTargets(const std::vector<RstLine>& lines) {
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto text = lines[i].text;
    read_embedded(text);
    if (text.starts_with(".. _")) {
      read_target(lines, i, text.substr(4));
      continue;
    }
    if (text.starts_with("__ ")) {
      anonymous_.push_back(unescaped(url_at(lines, i, text.substr(3))));
    } else if (const auto head = rst_note_head(text)) {
      labels.emplace_back(head->label);
    } else if (text.starts_with(".. |")) {
      const auto close = text.find('|', 4);
      const auto replaces = text.find("replace::", 4);
      if (close != std::string_view::npos && replaces != std::string_view::npos && close < replaces)
        substitutions_[rst_name(text.substr(4, close - 4))] = trimmed(text.substr(replaces + 9));
    }
    if (!lines[i].is_blank()) pending_.clear();
  }
  number_notes(labels);
}

// ".. _name: url"; ".. __: url"; ".. _name: other_"; ".. _name:"
// means what the next target means, or a place in the document.
void RstTargets::read_target(const std::vector<RstLine>& lines, std::size_t i,
                             std::string_view rest) {
  const auto colon = end_of_name(rest);
  if (colon == std::string_view::npos) return;
  auto name = rest.substr(0, colon);
  if (name.size() > 1 && name.front() == '`' && name.back() == '`')
    name = name.substr(1, name.size() - 2);
  const std::string url = url_at(lines, i, rest.substr(colon + 1));
  if (name == "_") {
    anonymous_.push_back(unescaped(url));
    return;
  }
  pending_.push_back(rst_name(name));
  if (url.empty()) return;
  const bool is_reference = url.ends_with('_') && !url.ends_with("\\_") && !looks_like_url(url);
  for (const auto& each : pending_) urls_[each] = is_reference ? url : unescaped(url);
  pending_.clear();
}

// `text <url>`_ names a target, too.
void RstTargets::read_embedded(std::string_view text) {
  for (auto end = text.find(">`_"); end != std::string_view::npos;
       end = text.find(">`_", end + 1)) {
    const auto begin = end - std::min(end, longest_reference);
    const auto before = text.substr(begin, end - begin);
    const auto open = before.rfind('<');
    const auto quote = open == std::string_view::npos ? open : before.rfind('`', open);
    if (quote == std::string_view::npos || open <= quote + 1 ||
        text.substr(end).starts_with(">`__"))
      continue;
    const auto url = before.substr(open + 1);
    if (looks_like_url(url))
      urls_.try_emplace(rst_name(before.substr(quote + 1, open - quote - 1)), unescaped(url));
  }
}

// "#" notes take the numbers that no note has by hand.
void RstTargets::number_notes(const std::vector<std::string>& labels) {
  std::unordered_set<std::string> taken;
  for (const auto& label : labels) {
    notes_[lower_case(label)] = true;
    if (is_digits(label)) taken.insert(label);
  }
  int number = 0;
  for (const auto& label : labels) {
    if (label.starts_with('#')) {
      do {
        ++number;
      } while (taken.contains(std::to_string(number)));
      if (label == "#")
        numbers_.push_back(std::to_string(number));
      else
        named_[lower_case(label)] = std::to_string(number);
    } else if (label == "*") {
      symbols_.push_back(symbol(symbols_.size()));
    }
  }
}

std::optional<std::string> RstTargets::url_of(std::string_view name) const {
  auto wanted = rst_name(name);
  for (int steps = 0; steps < 8; ++steps) {
    const auto found = urls_.find(wanted);
    if (found == urls_.end()) return std::nullopt;
    if (looks_like_url(found->second)) return found->second;
    if (!found->second.ends_with('_')) return std::nullopt;  // a file beside the document
    std::string_view next = std::string_view(found->second).substr(0, found->second.size() - 1);
    if (next.size() > 1 && next.front() == '`' && next.back() == '`')
      next = next.substr(1, next.size() - 2);
    wanted = rst_name(next);
  }
  return std::nullopt;
}

std::optional<std::string> RstTargets::substitution(std::string_view name) const {
  const auto found = substitutions_.find(rst_name(name));
  if (found == substitutions_.end()) return std::nullopt;
  return found->second;
}

std::optional<std::string> RstTargets::next_anonymous() {
  if (anonymous_taken_ >= anonymous_.size()) return std::nullopt;
  return anonymous_[anonymous_taken_++];
}

std::optional<std::string> RstTargets::printed_label_of_mark(std::string_view written) {
  if (written == "#") {
    if (number_marks_ >= numbers_.size()) return std::nullopt;
    return numbers_[number_marks_++];
  }
  if (written == "*") {
    if (symbol_marks_ >= symbols_.size()) return std::nullopt;
    return symbols_[symbol_marks_++];
  }
  const auto name = lower_case(written);
  if (written.starts_with('#')) {
    const auto found = named_.find(name);
    if (found == named_.end()) return std::nullopt;
    return found->second;
  }
  if (!notes_.contains(name)) return std::nullopt;
  return std::string(written);
}

std::string RstTargets::printed_label_of_note(std::string_view written) {
  if (written == "#" && number_notes_ < numbers_.size()) return numbers_[number_notes_++];
  if (written == "*" && symbol_notes_ < symbols_.size()) return symbols_[symbol_notes_++];
  const auto found = named_.find(lower_case(written));
  return found == named_.end() ? std::string(written) : found->second;
}

}  // namespace loccit
