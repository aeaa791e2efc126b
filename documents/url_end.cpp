// The way of a printed URL: walk over its characters; at a blank or line break decide by the shape
// of both sides whether it goes on.
#include "documents/url_end.h"

#include <algorithm>
#include <array>
#include <optional>

#include "documents/code_points.h"
#include "documents/url_characters.h"

namespace loccit {
namespace {

// RFC 3986 characters, and letters beyond ASCII, which RFC 3987 allows; "<>\"" and quotation marks
// end a URL.
bool is_url_character(char32_t c) {
  static constexpr std::u32string_view signs = U"-._~:/?#[]@!$&'()*+,;=%|{}\\^`";
  if (c < 0x80)
    return is_digit(c) || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') ||
           signs.find(c) != std::u32string_view::npos;
  return c != U'\uFFFD' && is_letter(c);
}

// A URL is cut here whatever follows; longer ones are data, not links.
constexpr std::size_t longest = 8192;

bool ends_like_a_file(std::string_view text) {
  static constexpr auto endings =
      std::to_array<std::string_view>({".html", ".htm", ".pdf", ".aspx", ".asp", ".php", ".shtml",
                                       ".xml", ".jsp", ".docx", ".doc", ".txt", ".md", ".cfm"});
  return std::ranges::any_of(endings,
                             [&](std::string_view ending) { return text.ends_with(ending); });
}

std::string_view without_stop(std::string_view token) {
  while (!token.empty() && contains_any(token.substr(token.size() - 1), ".,;:!?)"))
    token.remove_suffix(1);
  return token;
}

bool begins_another(std::string_view token) {
  return starts_with_any_case(token, "http") || starts_with_any_case(token, "www.") ||
         starts_with_any_case(token, "doi");
}

// A word of prose has no such things in it: "a/b", "x_y", "?q=", "a-b-c", "page.html", "t1769716".
bool looks_like_url_part(std::string_view token) {
  token = without_stop(token);
  if (contains_any(token, "/_=%&?#~+") || ends_like_a_file(token)) return true;
  if (std::ranges::count(token, '-') >= 2) return true;
  const bool digit = std::ranges::any_of(token, [](char c) { return c >= '0' && c <= '9'; });
  const bool letter = std::ranges::any_of(token, [](char c) { return c >= 'a' && c <= 'z'; });
  const std::size_t dot = token.find('.');
  const bool inner_dot = dot != std::string_view::npos && dot > 0 && dot + 1 < token.size() &&
                         is_alnum(token[dot + 1]);
  return letter && (digit || inner_dot);
}

bool is_lower_word(std::string_view token) {
  return !token.empty() && std::ranges::all_of(token, [](char c) {
    return (c >= 'a' && c <= 'z') || c == '-' || (c >= '0' && c <= '9');
  });
}

// "A03B-C03D": what a permanent link ends in.
bool is_identifier(std::string_view token) {
  const auto any = [&](auto is) { return std::ranges::any_of(token, is); };
  return token.size() >= 4 &&
         std::ranges::all_of(token, [](char c) { return is_alnum(c) || c == '-'; }) &&
         any([](char c) { return c >= '0' && c <= '9'; }) &&
         any([](char c) { return c >= 'A' && c <= 'Z'; });
}

// What stands on both sides of a gap, from `end` (the URL so far) to `next`.
struct Gap {
  std::string_view url;    // so far, as printed
  std::string_view token;  // the next run of URL characters
  bool line_break = false;
  bool ends_there = false;  // nothing but punctuation follows the token in its sentence
  bool is_doi = false;
};

// Shorter numbers on the next line are pages and notes.
constexpr std::size_t shortest_end_of_doi = 3;

bool goes_on_over_line_break(const Gap& gap) {
  const char last = gap.url.back();
  const std::string_view token = without_stop(gap.token);
  if (token.empty() || begins_another(token) || token.front() == '(' || token.front() == '[')
    return false;
  switch (last) {
    case '-':
    case '=':
    case '_':
    case '&':
    case '%':
    case '~':
    case '#':
      return is_alnum(token.front()) || looks_like_url_part(token);
    case '/':
    case '?':
    case '+':
    case ':':
    case '@':
      return looks_like_url_part(token) || is_identifier(token) ||
             (is_lower_word(token) && gap.ends_there);
    case '.':
      return ends_like_a_file("." + std::string(token)) ||
             (looks_like_url_part(token) && contains_any(token, "/_=%&?")) ||
             (gap.is_doi && gap.ends_there && token.size() >= shortest_end_of_doi &&
              std::ranges::all_of(token, [](char c) { return c >= '0' && c <= '9'; }));
    case ',':
    case ';':
    case ')':
    case ']':
      return false;
    default:
      break;
  }
  if (ends_like_a_file(gap.url)) return contains_any(token.substr(0, 1), "?#");
  if (contains_any(token.substr(0, 1), "/?#=&_.%-")) return token.size() > 1;
  // Broken in mid word: only where the next line could be nothing else.
  return (contains_any(token, "/_=%&?") || ends_like_a_file(token) ||
          std::ranges::count(token, '-') >= 2) &&
         is_alnum(token.front());
}

bool goes_on_over_blank(const Gap& gap) {
  const char last = gap.url.back();
  if (gap.token.empty() || begins_another(gap.token)) return false;
  const std::string_view token = without_stop(gap.token);
  if (token.size() > 2 && contains_any(token.substr(0, 1), "-_/=&?%#") && is_alnum(token[1])) {
    return token.front() != '-' || looks_like_url_part(token) || gap.ends_there;
  }
  if (token.size() > 2 && token.front() == '.' && ends_like_a_file(token)) return true;
  return (last == '-' || last == '/' || last == '_' || last == '=') && looks_like_url_part(token) &&
         !starts_with_upper(token) &&
         (std::ranges::count(token, '-') >= 2 || contains_any(token, "/_=%&"));
}

bool sentence_ends_after(std::string_view text, std::size_t token_begin, std::size_t token_end) {
  const std::string_view token = text.substr(token_begin, token_end - token_begin);
  if (without_stop(token).size() < token.size()) return true;
  const std::size_t next = skip_spaces(text, token_end);
  return next >= text.size() || text[next] == '(' || text[next] == '<' || text[next] == '>';
}

// "<https://…>": everything up to the bracket, whatever blanks stand inside (RFC 3986 appendix C).
std::optional<WalkedUrl> walk_in_brackets(std::string_view text, const UrlBeginning& from) {
  if (from.begin == 0 || text[from.begin - 1] != '<') return std::nullopt;
  for (std::size_t at = from.body; at < text.size() && at - from.body < longest;) {
    const std::size_t here = at;
    const char32_t c = next_code_point(text, at);
    if (c == U'>')
      return WalkedUrl{here, text.substr(from.body, here - from.body).find_first_of(" \n\t") !=
                                 std::string_view::npos};
    if (!is_url_character(c) && !is_blank(c)) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::size_t end_of_url_run(std::string_view text, std::size_t at) {
  const std::size_t limit = std::min(text.size(), at + longest);
  while (at < limit) {
    const std::size_t here = at;
    if (const std::size_t hyphen = typographic_hyphen_at(text, at))
      at += hyphen;
    else if (!is_url_character(next_code_point(text, at)))
      return here;
  }
  return at;
}

std::size_t typographic_hyphen_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  if (end >= text.size() || static_cast<unsigned char>(text[end]) < 0x80) return 0;
  const char32_t c = next_code_point(text, end);
  const bool goes_on = end < text.size() && is_url_character(code_point_at(text, end));
  return (c == U'\u2010' || c == U'\u2011') && goes_on ? end - at : 0;
}

std::size_t hyphenation_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  if (end >= text.size()) return 0;
  const char32_t c = next_code_point(text, end);
  if (c != U'\u2010' && c != U'\u00AD') return 0;
  const std::size_t next = skip_spaces(text, end);
  return text.substr(end, next - end).find('\n') == std::string_view::npos ? 0 : next - at;
}

void cut_glued_punctuation(std::string_view text, std::size_t begin, std::size_t& end) {
  while (end > begin) {
    const char last = text[end - 1];
    const std::string_view url = text.substr(begin, end - begin);
    if (contains_any(std::string_view(&last, 1), ".,;:!?'*`\\^|") || is_space(last)) {
      --end;
    } else if ((last == ')' && std::ranges::count(url, ')') > std::ranges::count(url, '(')) ||
               (last == ']' && std::ranges::count(url, ']') > std::ranges::count(url, '[')) ||
               (last == '}' && std::ranges::count(url, '}') > std::ranges::count(url, '{'))) {
      --end;
    } else {
      return;
    }
  }
}

WalkedUrl walk_url(std::string_view text, const UrlBeginning& from) {
  if (const auto bracketed = walk_in_brackets(text, from)) return *bracketed;
  WalkedUrl walked{end_of_url_run(text, from.body), from.broken};
  for (int breaks = 0; breaks < 8 && walked.end > from.body && walked.end - from.body < longest;
       ++breaks) {
    if (const std::size_t hyphenation = hyphenation_at(text, walked.end)) {
      walked = {end_of_url_run(text, walked.end + hyphenation), true};
      continue;
    }
    const std::size_t next = skip_spaces(text, walked.end);
    if (next == walked.end || next >= text.size()) break;
    const std::size_t token_end = end_of_url_run(text, next);
    const std::string_view between = text.substr(walked.end, next - walked.end);
    Gap gap{text.substr(from.body, walked.end - from.body), text.substr(next, token_end - next),
            between.find('\n') != std::string_view::npos,
            sentence_ends_after(text, next, token_end),
            from.is_doi || text.substr(from.body).starts_with("doi.org/10.")};
    if (!(gap.line_break ? goes_on_over_line_break(gap) : goes_on_over_blank(gap))) break;
    walked = {token_end, true};
  }
  return walked;
}

}  // namespace loccit
