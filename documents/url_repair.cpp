// The way of a printed URL: find where one begins; walk over its characters; at a blank or line
// break decide whether it goes on (an annotation that agrees decides, else the shape of both
// sides); cut the sentence's punctuation off the end.
#include "documents/url_repair.h"

#include <algorithm>
#include <optional>

#include "documents/code_points.h"
#include "documents/url_agreement.h"
#include "documents/url_beginning.h"
#include "documents/url_characters.h"
#include "documents/url_end.h"

namespace loccit {
namespace {

bool has_a_host(std::string_view url) {
  const std::string_view host = after_scheme(url);
  return !host.empty() && (is_alnum(host.front()) || host.front() == '[' ||
                           static_cast<unsigned char>(host.front()) >= 0x80);
}

std::optional<FoundUrl> read_url(std::string_view text, const UrlBeginning& from,
                                 const std::vector<std::string>& annotations) {
  WalkedUrl walked = walk_url(text, from);
  cut_glued_punctuation(text, from.body, walked.end);
  if (walked.end <= from.body) return std::nullopt;
  FoundUrl found{from.begin,
                 walked.end,
                 from.prefix + closed_up(text.substr(from.body, walked.end - from.body)),
                 {}};
  if (!has_a_host(found.url)) return std::nullopt;
  const bool broken = text.substr(from.begin, walked.end - from.begin).find_first_of(" \n\t") !=
                      std::string_view::npos;
  if (const auto agreement = best_agreement(text, from, annotations)) {
    if (agreement->url != found.url || broken) {
      if (agreement->mended)
        found.repairs.push_back("the link annotation decides how far the broken URL goes");
      if (agreement->undone_blank)
        found.repairs.push_back(
            "the link annotation carries the line break as %20, which is left out");
      else if (!agreement->mended && agreement->url != found.url)
        found.repairs.push_back("the link annotation's form is taken");
    }
    found.end = std::max(agreement->end, from.body);
    found.url = agreement->url;
  } else if (broken && !from.is_doi) {
    found.repairs.push_back("the URL was joined over a line break or a stray blank");
  }
  if (from.is_doi &&
      text.substr(from.begin, from.body - from.begin).find("doi.org") == std::string_view::npos) {
    found.repairs.push_back("the DOI is written as a URL of its resolver");
  } else if (from.begin == from.body && !from.is_doi) {
    found.repairs.push_back("the URL is printed without a scheme");
  }
  if (found.end < text.size() && contains_any(text.substr(found.end, 1), ".,;:)]"))
    found.repairs.push_back("the punctuation after the URL is left out");
  return found;
}

// Beyond this many comparisons the annotations are left out: a page has hundreds of links, an
// attack has millions.
constexpr std::size_t most_comparisons = 4'000'000;

}  // namespace

std::string closed_up(std::string_view printed) {
  std::string result;
  for (std::size_t at = 0; at < printed.size();) {
    if (const std::size_t hyphenation = hyphenation_at(printed, at)) {
      at += hyphenation;
    } else if (const std::size_t hyphen = typographic_hyphen_at(printed, at)) {
      result += '-';
      at += hyphen;
    } else if (is_space(printed[at])) {
      ++at;
    } else {
      result += printed[at++];
    }
  }
  return result;
}

std::vector<FoundUrl> find_urls(std::string_view text,
                                const std::vector<std::string>& annotations) {
  static const std::vector<std::string> none;
  std::vector<FoundUrl> urls;
  // All others have a slash: "https://", "host/path", "10.1234/suffix".
  const bool may_have_one = text.find('/') != std::string_view::npos ||
                            text.find("ww") != std::string_view::npos ||
                            text.find("WW") != std::string_view::npos;
  if (!may_have_one) return urls;
  const LinkedHosts linked = linked_hosts(annotations);
  std::size_t comparisons = 0;
  for (std::size_t at = 0; at < text.size();) {
    auto from =
        std::isalnum(static_cast<unsigned char>(text[at])) ? beginning_at(text, at) : std::nullopt;
    if (!from && !linked.empty()) from = linked_host_at(text, at, linked);
    auto found = from ? read_url(text, *from, comparisons > most_comparisons ? none : annotations)
                      : std::nullopt;
    if (!found) {
      ++at;
      continue;
    }
    comparisons += annotations.size();
    at = found->end;
    urls.push_back(std::move(*found));
  }
  return urls;
}

std::string unwrap_with_urls(std::string_view text, const std::vector<FoundUrl>& urls) {
  std::string result;
  std::size_t done = 0;
  for (const FoundUrl& url : urls) {
    result += text.substr(done, url.begin - done);
    const bool rewritten = text.substr(url.begin, url.end - url.begin).find_first_of(" \n\t") !=
                           std::string_view::npos;
    if (rewritten)
      result += url.url;
    else
      result += text.substr(url.begin, url.end - url.begin);
    done = url.end;
  }
  result += text.substr(done);
  return collapsed(result);
}

}  // namespace loccit
