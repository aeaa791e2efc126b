// A verdict put together again from the rows that record() wrote.
#include <algorithm>

#include "registry/registry_state.h"
#include "registry/stored_standing.h"

namespace loccit {
namespace {

TextDrift drift_from(std::string_view word) {
  for (const TextDrift drift : {TextDrift::none, TextDrift::elsewhere, TextDrift::passage}) {
    if (word == name(drift)) return drift;
  }
  return TextDrift::unknown;
}

LinkFinding link_from(const SqlRow& row) {
  LinkFinding link;
  link.url = row.text(0);
  link.state = link_state_from(row.text(1)).value_or(LinkState::unreachable);
  link.status = static_cast<int>(row.integer(2));
  link.final_url = row.text(3);
  if (!row.text(4).empty()) link.error = row.text(4);
  link.redirects = static_cast<int>(row.integer(7));
  link.drift = drift_from(row.text(8));
  if (row.text(5).empty()) return link;
  SnapshotRecord snapshot;
  snapshot.id = row.text(5);
  snapshot.requested_url = link.url;
  snapshot.final_url = link.final_url;
  snapshot.fetched_at = timestamp_from_stored(row.integer(6));
  snapshot.sha256 = row.text(9);
  snapshot.status = link.status;
  link.snapshot = snapshot;
  return link;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    lines.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return lines;
}

}  // namespace

Result<std::optional<Verdict>> Registry::outcome(std::int64_t citation_id, std::int64_t check_id) {
  return as_result([&]() -> std::optional<Verdict> {
    Sql& sql = state_->sql;
    const auto rows = sql.query(
        "SELECT c.label, o.verdict, f.reason, f.quote_state, f.similarity, f.details, c.urls FROM "
        "citation_outcome o JOIN citation c ON c.id = o.citation_id JOIN finding f ON f.id = "
        "o.finding_id WHERE o.citation_id = $1 AND o.check_id = $2",
        {citation_id, check_id});
    if (rows.empty()) return std::nullopt;
    const SqlRow& row = rows.front();
    Verdict verdict;
    verdict.citation_id = row.text(0);
    verdict.kind = verdict_kind_from(row.text(1)).value_or(VerdictKind::unverifiable);
    verdict.reason = row.text(2);
    verdict.quote.state = quote_state_from(row.text(3)).value_or(QuoteState::unchecked);
    verdict.quote.similarity = row.number(4);

    // Checks recorded before there were details have none.
    std::vector<std::string> urls = lines_of(row.text(6));
    if (const auto details = parse_json(row.text(5))) {
      if (const Json* quote = details->find("quote")) {
        if (auto finding = quote_finding_from_json(*quote)) verdict.quote = std::move(*finding);
      }
      if (const Json* told = details->find("urls");
          told != nullptr && told->as_array() != nullptr) {
        urls.clear();
        for (const Json& url : *told->as_array())
          if (url.as_string() != nullptr) urls.push_back(*url.as_string());
      }
    }
    for (const std::string& url : urls) {
      const auto links = sql.query(
          "SELECT l.url, o.state, o.status, o.final_url, o.error, o.snapshot_id, o.fetched_at, "
          "o.redirects, o.drift, o.snapshot_sha256 FROM link_outcome o JOIN link l ON l.id = "
          "o.link_id WHERE l.url = $1 AND o.check_id = $2",
          {url, check_id});
      if (!links.empty()) verdict.links.push_back(link_from(links.front()));
    }
    return verdict;
  });
}

}  // namespace loccit
