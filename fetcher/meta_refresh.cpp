#include "fetcher/meta_refresh.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace loccit {
namespace {

using ascii::is_digit;
using ascii::lower;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

void skip_blanks(std::string_view& text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
}

// Where `needle` (lower case) next stands in any case; npos where it does not.
std::size_t find_caseless(std::string_view text, std::string_view needle, std::size_t from) {
  const auto it = std::search(
      text.begin() + static_cast<std::ptrdiff_t>(std::min(from, text.size())), text.end(),
      needle.begin(), needle.end(), [](char a, char b) { return lower(a) == b; });
  return it == text.end() ? std::string_view::npos : static_cast<std::size_t>(it - text.begin());
}

struct Attribute {
  std::string name;
  std::string_view value;
};

// The next attribute of a start tag; leaves `at` after it. nullopt at ">" (which it passes) or at
// the end.
std::optional<Attribute> next_attribute(std::string_view html, std::size_t& at) {
  while (at < html.size() && (is_blank(html[at]) || html[at] == '/')) ++at;
  if (at >= html.size()) return std::nullopt;
  if (html[at] == '>') {
    ++at;
    return std::nullopt;
  }
  const std::size_t name_start = at++;  // "=" as the first character belongs to the name
  while (at < html.size() && !is_blank(html[at]) && html[at] != '/' && html[at] != '>' &&
         html[at] != '=')
    ++at;
  Attribute attribute{lower(html.substr(name_start, at - name_start)), {}};
  std::size_t look = at;
  while (look < html.size() && is_blank(html[look])) ++look;
  if (look >= html.size() || html[look] != '=') return attribute;
  at = look + 1;
  while (at < html.size() && is_blank(html[at])) ++at;
  if (at >= html.size()) return attribute;
  if (html[at] == '"' || html[at] == '\'') {
    const std::size_t end = std::min(html.find(html[at], at + 1), html.size());
    attribute.value = html.substr(at + 1, end - at - 1);
    at = std::min(end + 1, html.size());
  } else {
    const std::size_t start = at;
    while (at < html.size() && !is_blank(html[at]) && html[at] != '>') ++at;
    attribute.value = html.substr(start, at - start);
  }
  return attribute;
}

// Attribute values hold character references; these occur in URLs.
std::string without_references(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, char>, 6> known = {{{"&amp;", '&'},
                                                                       {"&quot;", '"'},
                                                                       {"&#39;", '\''},
                                                                       {"&apos;", '\''},
                                                                       {"&lt;", '<'},
                                                                       {"&gt;", '>'}}};
  std::string out;
  while (!text.empty()) {
    const auto* it = std::find_if(known.begin(), known.end(), [&](const auto& entry) {
      return text.substr(0, entry.first.size()) == entry.first;
    });
    out += it == known.end() ? text.front() : it->second;
    text.remove_prefix(it == known.end() ? 1 : it->first.size());
  }
  return out;
}

// Elements whose content is no markup, or is none while scripts run.
constexpr std::array<std::string_view, 9> passed_over = {
    "script", "style", "noscript", "template", "title", "textarea", "xmp", "iframe", "noembed"};

}  // namespace

std::optional<Refresh> parse_refresh(std::string_view value) {
  skip_blanks(value);
  Refresh refresh;
  if (value.empty() || (!is_digit(value.front()) && value.front() != '.')) return std::nullopt;
  long seconds = 0;
  while (!value.empty() && is_digit(value.front())) {
    seconds = std::min(seconds * 10 + (value.front() - '0'), 1'000'000L);
    value.remove_prefix(1);
  }
  while (!value.empty() && (is_digit(value.front()) || value.front() == '.'))
    value.remove_prefix(1);
  refresh.after = std::chrono::seconds(seconds);
  if (value.empty()) return refresh;
  if (value.front() != ';' && value.front() != ',' && !is_blank(value.front())) return std::nullopt;
  skip_blanks(value);
  if (!value.empty() && (value.front() == ';' || value.front() == ',')) value.remove_prefix(1);
  skip_blanks(value);
  if (lower(value.substr(0, 3)) == "url") {
    std::string_view rest = value.substr(3);
    skip_blanks(rest);
    if (!rest.empty() && rest.front() == '=') {
      rest.remove_prefix(1);
      skip_blanks(rest);
      value = rest;
    }
  }
  if (!value.empty() && (value.front() == '"' || value.front() == '\'')) {
    const char quote = value.front();
    value.remove_prefix(1);
    value = value.substr(0, value.find(quote));
  }
  while (!value.empty() && is_blank(value.back())) value.remove_suffix(1);
  refresh.target = value;
  return refresh;
}

std::optional<Refresh> find_meta_refresh(Bytes html) {
  std::size_t at = 0;
  while ((at = html.find('<', at)) != Bytes::npos) {
    ++at;
    if (html.substr(at, 3) == "!--") {
      const std::size_t end = html.find("-->", at + 1);
      if (end == Bytes::npos) return std::nullopt;
      at = end + 3;
      continue;
    }
    std::size_t end = at;
    while (end < html.size() && !is_blank(html[end]) && html[end] != '>' && html[end] != '/') ++end;
    const std::string tag = lower(html.substr(at, std::min<std::size_t>(end - at, 16)));
    if (std::find(passed_over.begin(), passed_over.end(), tag) != passed_over.end()) {
      const std::size_t close = find_caseless(html, "</" + tag, end);
      if (close == Bytes::npos) return std::nullopt;
      at = close + 2;
      continue;
    }
    if (tag != "meta") continue;
    at = end;
    bool is_refresh = false;
    std::string content;
    while (const auto attribute = next_attribute(html, at)) {
      if (attribute->name == "http-equiv") is_refresh = lower(attribute->value) == "refresh";
      if (attribute->name == "content") content = without_references(attribute->value);
    }
    if (!is_refresh) continue;
    if (auto refresh = parse_refresh(content)) return refresh;
  }
  return std::nullopt;
}

}  // namespace loccit
