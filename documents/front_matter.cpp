#include "documents/front_matter.h"

#include "base/ascii.h"

namespace loccit {
namespace {

using ascii::trimmed;

std::string unquoted(std::string_view value) {
  value = trimmed(value);
  if (value.size() < 2 || (value.front() != '"' && value.front() != '\'') ||
      value.back() != value.front()) {
    return std::string(value);
  }
  const char quote = value.front();
  std::string out;
  for (std::size_t at = 1; at + 1 < value.size(); ++at) {
    const bool escapes =
        (quote == '"' && value[at] == '\\') || (quote == '\'' && value[at] == '\'');
    if (escapes && at + 2 < value.size()) ++at;
    out += value[at];
  }
  return out;
}

}  // namespace

FrontMatter read_front_matter(std::string_view text) {
  std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  const auto next_line = [&] {
    const auto end = text.find('\n', at);
    const auto line = text.substr(at, end == std::string_view::npos ? end : end - at);
    at = end == std::string_view::npos ? text.size() : end + 1;
    return line;
  };
  const auto first_line = next_line();
  // pandoc's title block: "% title", "% authors", "% date", each over several lines if indented
  if (first_line.starts_with("% ")) {
    FrontMatter front;
    front.title = trimmed(first_line.substr(2));
    front.size = at;
    for (int lines = 0; lines < 8 && at < text.size(); ++lines) {
      const auto line = next_line();
      if (!line.starts_with('%') && !line.starts_with(' ')) break;
      if (line.starts_with(' ') && lines == 0) front.title += " " + std::string(trimmed(line));
      front.size = at;
    }
    return front;
  }
  const auto fence = std::string(trimmed(first_line));
  if (fence != "---" && fence != "+++") return {};
  FrontMatter front;
  while (at < text.size()) {
    const auto line = next_line();
    const auto bare = trimmed(line);
    if (bare == fence || (fence == "---" && bare == "...")) {
      front.size = at;
      return front;
    }
    const auto separator = line.find(fence == "---" ? ':' : '=');
    if (separator != std::string_view::npos && trimmed(line.substr(0, separator)) == "title" &&
        front.title.empty() && line.front() != ' ') {
      front.title = unquoted(line.substr(separator + 1));
    }
  }
  return {};  // nothing closes it: a thematic break and not front matter
}

}  // namespace loccit
