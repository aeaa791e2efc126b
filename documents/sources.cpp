#include "documents/sources.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "base/url.h"
#include "documents/code_points.h"
#include "documents/note_references.h"
#include "documents/source_kind.h"
#include "documents/url_repair.h"

namespace loccit {
namespace {

std::string_view without_scheme(std::string_view url) {
  const std::size_t colon = url.find("://");
  if (colon != std::string_view::npos) url.remove_prefix(colon + 3);
  while (url.ends_with('/')) url.remove_suffix(1);
  return url;
}

bool is_doi(std::string_view url) { return url.starts_with("https://doi.org/"); }

// "10.5555/a" is linked as "https://doi.org/10.5555%2Fa" and as "http://dx.doi.org/10.5555/a".
bool is_same_doi(std::string_view printed, std::string_view link) {
  const std::string of_link = percent_decoded(link);
  const std::size_t begin = printed.find("/10.");
  return begin != std::string_view::npos && of_link.find("doi.org/") != std::string::npos &&
         of_link.ends_with(printed.substr(begin));
}

// Print and link say the same where one is the other's beginning: link texts are cut short
// ("example.org/long…").
bool says_the_same(std::string_view printed, std::string_view link) {
  printed = without_scheme(printed);
  link = without_scheme(link);
  return !printed.empty() && (link.starts_with(printed) || is_same_doi(printed, link));
}

void add_once(std::vector<std::string>& urls, const std::string& url) {
  if (std::ranges::find(urls, url) == urls.end()) urls.push_back(url);
}

// More URLs than this in one note is no note.
constexpr std::size_t most_urls = 200;

// Printed order, with the links that print does not show after them. Where the format links all
// that it prints, print alone is believed of DOIs only: those are often left without a link.
std::vector<std::string> urls_of(const Note& note, const std::vector<FoundUrl>& printed) {
  const bool has_all_links = note.links_are_complete && !note.links.empty();
  std::vector<std::string> urls;
  for (const FoundUrl& found : printed) {
    if (urls.size() >= most_urls) break;
    const auto link = std::ranges::find_if(
        note.links, [&](const std::string& l) { return says_the_same(found.url, l); });
    if (link != note.links.end()) {
      add_once(urls, *link);
    } else if (!has_all_links || is_doi(found.url)) {
      add_once(urls, found.url);
    }
  }
  for (const std::string& link : note.links) {
    if (urls.size() >= most_urls) break;
    add_once(urls, link);
  }
  return urls;
}

}  // namespace

std::vector<Source> sources_of_notes(const std::vector<Note>& notes) {
  std::vector<std::string> labels;
  for (const Note& note : notes) labels.push_back(note.label);
  const std::vector<std::string> ids = unique_ids(std::move(labels));
  std::vector<Source> sources;
  sources.reserve(notes.size());
  for (std::size_t i = 0; i < notes.size(); ++i) {
    const Note& note = notes[i];
    Source source;
    source.id = ids[i];
    source.label = note.label;

    const std::vector<FoundUrl> printed = find_urls(note.text, note.links);
    const bool has_all_links = note.links_are_complete && !note.links.empty();
    source.note = unwrap_with_urls(note.text, has_all_links ? std::vector<FoundUrl>{} : printed);
    source.urls = urls_of(note, printed);
    source.repairs = note.repairs;
    for (const FoundUrl& found : printed) {
      if (has_all_links) break;
      for (const std::string& repair : found.repairs)
        source.repairs.push_back(found.url + ": " + repair);
    }
    source.kind = source_kind(source.note, !source.urls.empty());
    source.translated = declares_translation(source.note);
    source.location = note.location;
    sources.push_back(std::move(source));
  }
  resolve_references(sources, notes);
  return sources;
}

std::string add_link_source(Document& document, const Part& part, const TextLink& link) {
  std::size_t number = 1;
  if (!document.sources.empty() && document.sources.back().label.empty() &&
      document.sources.back().id.starts_with("link-")) {
    number = std::stoul(document.sources.back().id.substr(5)) + 1;
  }
  Source source;
  source.id = "link-" + std::to_string(number);
  constexpr std::size_t longest = 1000;
  std::size_t end = std::min(link.end, link.begin + longest);
  while (end < link.end && is_continuation(part.text[end])) --end;  // letters are whole
  source.note = collapsed(std::string_view(part.text).substr(link.begin, end - link.begin));
  source.urls = {link.url};
  source.kind = SourceKind::web;
  source.location = link.location;
  document.sources.push_back(std::move(source));
  return document.sources.back().id;
}

}  // namespace loccit
