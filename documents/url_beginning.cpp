#include "documents/url_beginning.h"

#include <algorithm>
#include <array>

#include "documents/url_characters.h"

namespace loccit {
namespace {

std::optional<UrlBeginning> scheme_at(std::string_view text, std::size_t at) {
  for (const std::string_view scheme : {"https", "http", "ftp"}) {
    if (!starts_with_any_case(text.substr(at), scheme)) continue;
    std::size_t i = at + scheme.size();
    if (i >= text.size() || text[i] != ':') continue;
    const std::size_t colon = i++;
    i = skip_spaces(text, i);
    for (int slash = 0; slash < 2; ++slash) {
      if (i >= text.size() || text[i] != '/') return std::nullopt;
      ++i;
      if (slash == 0) i = skip_spaces(text, i);
    }
    const std::size_t slashes_end = i;
    const std::size_t body = skip_spaces(text, i);
    // "https:// example.org" is a slip of the typesetter; "the scheme is https:// or …" is no URL.
    const std::size_t start = body - slashes_end <= 2 ? body : slashes_end;
    return UrlBeginning{at, start, std::string(scheme) + "://", start != colon + 3, false};
  }
  return std::nullopt;
}

// "10.1234/suffix" (DOI handbook §2.2: the directory indicator 10, a registrant of four digits or
// more).
bool is_doi_name(std::string_view text) {
  if (!text.starts_with("10.")) return false;
  std::size_t i = 3;
  while (i < text.size() && std::isdigit(static_cast<unsigned char>(text[i]))) ++i;
  if (i < 7 || i > 12 || i + 1 >= text.size() || text[i] != '/') return false;
  return is_alnum(text[i + 1]) || text[i + 1] == '(';
}

std::optional<UrlBeginning> doi_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  static const std::string resolver = "https://doi.org/";
  if (is_doi_name(rest)) return UrlBeginning{at, at, resolver, false, true};
  for (const std::string_view prefix : {"dx.doi.org/", "doi.org/", "doi:", "doi "}) {
    if (!starts_with_any_case(rest, prefix)) continue;
    const std::size_t body = skip_spaces(text, at + prefix.size());
    if (is_doi_name(text.substr(body))) return UrlBeginning{at, body, resolver, false, true};
  }
  return std::nullopt;
}

// The last labels that a bare "host/path" is believed on; with "www." before it any will do.
constexpr auto known_endings = std::to_array<std::string_view>(
    {"com", "org", "net", "int", "gov", "edu", "mil", "info", "io", "eu", "uk", "de",
     "fr",  "ch",  "at",  "it",  "es",  "pt",  "nl",  "be",   "lu", "ie", "pl", "cz",
     "sk",  "hu",  "ro",  "bg",  "gr",  "se",  "no",  "dk",   "fi", "is", "ee", "lv",
     "lt",  "ru",  "ua",  "ge",  "az",  "am",  "tr",  "il",   "in", "cn", "jp", "kr",
     "au",  "nz",  "ca",  "us",  "br",  "ar",  "mx",  "za",   "ly", "me", "gl", "gle"});

bool has_known_ending(std::string_view host) {
  const std::size_t dot = host.rfind('.');
  return dot != std::string_view::npos && dot > 0 &&
         std::ranges::find(known_endings, host.substr(dot + 1)) != known_endings.end();
}

std::optional<UrlBeginning> bare_host_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (starts_with_any_case(rest, "www.") && rest.size() > 4 && is_alnum(rest[4]))
    return UrlBeginning{at, at, "http://", false, false};
  std::size_t i = 0;
  bool dot = false;
  while (i < rest.size() && i < 80 &&
         ((rest[i] >= 'a' && rest[i] <= 'z') || std::isdigit(static_cast<unsigned char>(rest[i])) ||
          rest[i] == '-' || rest[i] == '.')) {
    dot = dot || rest[i] == '.';
    ++i;
  }
  if (!dot || i + 1 >= rest.size() || rest[i] != '/' || !is_alnum(rest[i + 1]) ||
      !has_known_ending(rest.substr(0, i)))
    return std::nullopt;
  return UrlBeginning{at, at, "http://", false, false};
}

}  // namespace

std::optional<UrlBeginning> beginning_at(std::string_view text, std::size_t at) {
  if (at > 0) {
    const char before = text[at - 1];
    if (is_alnum(before) || before == '@' || before == '.' || before == '/' || before == '-' ||
        before == '_') {
      // A full scheme is believed even when glued to a word ("seehttps://…").
      if (before == '/' || before == '-' || !(lower(text[at]) == 'h')) return std::nullopt;
      return scheme_at(text, at);
    }
  }
  switch (lower(text[at])) {
    case 'h':
    case 'f':
      if (auto scheme = scheme_at(text, at)) return scheme;
      break;
    case '1':
    case 'd':
      if (auto doi = doi_at(text, at)) return doi;
      break;
    default:
      break;
  }
  return bare_host_at(text, at);
}

LinkedHosts linked_hosts(const std::vector<std::string>& annotations) {
  LinkedHosts hosts;
  for (const std::string& annotation : annotations) {
    const std::string_view rest = after_scheme(annotation);
    const std::size_t end = std::min(rest.find_first_of("/?#"), rest.size());
    if (rest.size() < annotation.size() && rest.substr(0, end).find('.') != std::string_view::npos)
      hosts.emplace(rest.substr(0, end),
                    std::string_view(annotation).substr(0, annotation.size() - rest.size()));
  }
  return hosts;
}

std::optional<UrlBeginning> linked_host_at(std::string_view text, std::size_t at,
                                           const LinkedHosts& linked) {
  if (!is_alnum(text[at]) || (at > 0 && !is_space(text[at - 1]) && text[at - 1] != '(' &&
                              text[at - 1] != '<' && text[at - 1] != '['))
    return std::nullopt;
  std::size_t end = at;
  while (end < text.size() && end - at < 255 &&
         (is_alnum(text[end]) || contains_any(text.substr(end, 1), ".-")))
    ++end;
  if (end >= text.size() || text[end] != '/') return std::nullopt;
  const auto found = linked.find(text.substr(at, end - at));
  if (found == linked.end()) return std::nullopt;
  return UrlBeginning{at, at, std::string(found->second), false, false};
}

}  // namespace loccit
