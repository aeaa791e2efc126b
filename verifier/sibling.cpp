#include "verifier/sibling.h"

#include <algorithm>
#include <functional>
#include <unordered_set>

#include "base/digest.h"
#include "base/url.h"
#include "verifier/sign_lists.h"
#include "verifier/url_steps.h"

namespace loccit {
namespace {

constexpr std::size_t most_odd_words = 4;  // the time, a number of the request
constexpr std::size_t one_odd_word_in = 10;
constexpr std::size_t longest_echo = 20;  // words of an address
constexpr std::size_t too_few_words = 5;  // to tell a page by

bool has_digit(std::string_view step) {
  return std::any_of(step.begin(), step.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// ".html", where the step ends in something like it.
std::string_view extension_of(std::string_view step) {
  const std::size_t dot = step.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return {};
  const std::string_view extension = step.substr(dot);
  constexpr std::size_t longest = 6;
  const bool plain = std::all_of(extension.begin() + 1, extension.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
  return plain && extension.size() > 1 && extension.size() <= longest ? extension
                                                                      : std::string_view();
}

std::string made_up(std::string_view step, std::string_view host) {
  constexpr std::size_t letters = 12;
  std::string name = "no-such-";
  // Letters alone: a number could be that of another page.
  for (const char c :
       to_hex(sha256(std::string(host) + "/" + std::string(step))).substr(0, letters))
    name += c >= '0' && c <= '9' ? static_cast<char>('g' + (c - '0')) : c;
  return name + std::string(extension_of(step));
}

FoldedText own_words(const Reading& reading) { return fold(own_text(reading.content)); }

std::unordered_set<std::uint32_t> hashes_of(const FoldedText& text) {
  std::unordered_set<std::uint32_t> hashes;
  for (const Token& token : text.tokens) hashes.insert(token.hash);
  return hashes;
}

// But for a few words, and those of its own address, the page says nothing that the other does not.
bool says_no_more(const FoldedText& page, const std::string& url, const FoldedText& other) {
  auto known = hashes_of(other);
  known.merge(hashes_of(fold(percent_decoded(url))));
  const auto odd = static_cast<std::size_t>(
      std::count_if(page.tokens.begin(), page.tokens.end(),
                    [&](const Token& token) { return !known.contains(token.hash); }));
  return odd <= std::min(most_odd_words, page.tokens.size() / one_odd_word_in);
}

}  // namespace

std::string sibling_url(std::string_view text) {
  const auto url = parse_url(text);
  if (!url || UrlSteps(text).is_front()) return {};
  std::string path;
  std::string_view rest = std::string_view(url->path).substr(1);
  while (!rest.empty()) {
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    const std::string_view step = rest.substr(0, slash);
    const bool last = slash + 1 >= rest.size();
    path += "/" + (last || has_digit(step) ? made_up(step, url->host) : std::string(step));
    if (last && slash < rest.size()) path += "/";
    rest.remove_prefix(std::min(slash + 1, rest.size()));
  }
  if (path.empty()) path = "/" + made_up("", url->host);  // a front page with a query
  return to_string({url->scheme, "", url->host, url->port, path, "", false, ""});
}

bool sibling_wanted(const Citation& citation, const QuoteFinding& quote, const LinkFinding& link,
                    const Reading& reading) {
  if (link.state != LinkState::ok && link.state != LinkState::moved) return false;
  if (!reading.has_text || !reading.words_elsewhere.empty() || UrlSteps(link.url).is_front())
    return false;
  const bool stands = quote.state == QuoteState::verbatim || quote.state == QuoteState::altered ||
                      quote.state == QuoteState::partial;
  return !citation.quote || !stands;
}

PageShape shape_of(const Reading& reading) {
  return {std::hash<std::string>()(fold(reading.content.title).letters),
          own_words(reading).tokens.size()};
}

bool may_be_same(const PageShape& a, const PageShape& b) {
  const std::size_t more = std::max(a.words, b.words);
  return a.title == b.title &&
         more - std::min(a.words, b.words) <= std::max(longest_echo, more / one_odd_word_in);
}

bool is_same_page(const Reading& page, const Reading& sibling) {
  if (!page.has_text || !sibling.has_text || sibling.status < 200 || sibling.status > 299)
    return false;
  // Sent on from a made-up address to the cited one: that is how a site mends the words in its
  // addresses, and no sign against the page.
  if (page.redirects == 0 && page.final_url == sibling.final_url) return false;
  if (fold(page.content.title).letters != fold(sibling.content.title).letters) return false;
  const FoldedText ours = own_words(page), theirs = own_words(sibling);
  if (ours.tokens.size() < too_few_words) return false;
  return says_no_more(ours, page.final_url, theirs) &&
         says_no_more(theirs, sibling.final_url, ours);
}

}  // namespace loccit
