// Checks for the tests of this room: a document from pairs of URL and quote, a fetcher that reaches
// a local site under every name, an archive in a folder of its own.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "checks/check.h"
#include "support/loopback_site.h"
#include "support/temp_dir.h"

namespace loccit::testing {

inline std::string html_page(const std::string& title, const std::string& text) {
  return "<!DOCTYPE html><html lang=en><head><title>" + title + "</title></head><body><main><p>" +
         text + "</p></main></body></html>";
}

// An empty quote: the document quotes no words.
inline Document citing(const std::vector<std::pair<std::string, std::string>>& urls_and_quotes) {
  Document document;
  for (const auto& [url, quote] : urls_and_quotes) {
    const std::string number = std::to_string(document.sources.size() + 1);
    document.sources.push_back(
        {.id = number, .label = number, .urls = {url}, .kind = SourceKind::web});
    document.citations.push_back({.id = "c" + number, .sources = {number}});
    if (!quote.empty()) document.citations.back().quote = quote;
  }
  return document;
}

inline Fetcher fetcher_for(const LoopbackSite& site) {
  FetchOptions options;
  options.connect_to = {site.connect_to()};
  options.allow_net = {"127.0.0.0/8"};
  options.delay = std::chrono::milliseconds(0);
  options.retries = 0;
  options.use_proxies = false;
  auto fetcher = Fetcher::create(options, system_clock());
  if (!fetcher) throw std::runtime_error(fetcher.error().message);
  return std::move(*fetcher);
}

inline Archive archive_in(const TempDir& folder, ArchiveMode mode = ArchiveMode::write) {
  auto opened = Archive::open(folder.path() / "archive", mode);
  if (!opened) throw std::runtime_error(opened.error().message);
  return std::move(*opened);
}

inline std::size_t asked_for(const LoopbackSite& site, const std::string& target) {
  std::size_t times = 0;
  for (const SiteRequest& request : site.requests()) times += request.target == target ? 1U : 0U;
  return times;
}

// What must be the same in a check and in the verification after it.
inline std::string citations_of(const Report& report) {
  const Json json = report_to_json(report);
  return write_json(*json.find("citations"), JsonStyle::pretty);
}

}  // namespace loccit::testing
