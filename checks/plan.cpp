#include "checks/plan.h"

#include <stdexcept>
#include <unordered_map>

#include "base/url.h"
#include "documents/sources_by_id.h"
#include "verifier/sibling.h"

namespace loccit {
namespace {

using UrlIndex = std::unordered_map<std::string, std::size_t>;

void plan_link(Plan& plan, UrlIndex& index, std::size_t citation, const std::string& cited) {
  std::string key = fetch_key(cited).value_or(cited);
  const auto [known, is_new] = index.emplace(key, plan.urls.size());
  if (is_new) plan.urls.push_back({std::move(key), {}, {}});
  const std::size_t url = known->second;

  std::vector<std::size_t>& citations = plan.urls[url].citations;
  const bool had_it = !citations.empty() && citations.back() == citation;
  if (had_it) return;
  citations.push_back(citation);
  plan.links[citation].push_back({cited, url});
}

// One made-up address a host, of the first of its URLs that has one.
void plan_siblings(Plan& plan) {
  std::unordered_map<std::string, std::string> by_host;
  for (PlannedUrl& planned : plan.urls) {
    const auto url = parse_url(planned.url);
    if (!url) continue;
    std::string& sibling = by_host[url->host + ":" + url->port];
    if (sibling.empty()) sibling = sibling_url(planned.url);
  }
  for (PlannedUrl& planned : plan.urls) {
    if (const auto url = parse_url(planned.url))
      planned.sibling = by_host[url->host + ":" + url->port];
  }
}

}  // namespace

Plan plan_fetches(const Document& document) {
  const SourcesById sources(document);
  Plan plan;
  plan.links.resize(document.citations.size());
  plan.sources.resize(document.citations.size());
  UrlIndex index;
  for (std::size_t i = 0; i < document.citations.size(); ++i) {
    for (const std::string& id : document.citations[i].sources) {
      const Source* const source = sources.find(id);
      if (source == nullptr) throw std::logic_error("a citation names an unknown source");
      plan.sources[i].push_back(*source);
      for (const std::string& url : source->urls) plan_link(plan, index, i, url);
    }
  }
  plan_siblings(plan);
  return plan;
}

}  // namespace loccit
