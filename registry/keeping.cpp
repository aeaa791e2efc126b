// Links and findings: kept once, however often they are met.
#include <set>

#include "base/digest.h"
#include "base/url.h"
#include "registry/recording.h"
#include "registry/sql_rows.h"
#include "registry/stored_standing.h"

namespace loccit {

std::string host_of(const std::string& url) {
  const auto parsed = parse_url(url);
  return parsed ? parsed->host : "";
}

std::map<std::string, EnrolledLink> enroll_links(Sql& sql,
                                                 const std::map<std::string, Timestamp>& asked) {
  std::vector<SqlValue> urls;
  for (const auto& [url, at] : asked) urls.emplace_back(url);
  std::map<std::string, EnrolledLink> links;
  const auto take = [&](const std::vector<SqlRow>& rows) {
    for (const SqlRow& row : rows) links[row.text(1)] = {row.integer(0), from_stored(row.text(2))};
  };
  // Locked in one order, so that two workers do not wait for one another.
  const std::string lock = sql.is_postgresql() ? " ORDER BY url FOR UPDATE" : "";
  take(query_keys(sql, "SELECT id, url, standing_state FROM link WHERE url IN (@KEYS@)" + lock,
                  urls));
  SqlRows fresh({"TEXT", "TEXT", "TEXT", "BIGINT", "BIGINT", "TEXT"});
  for (const auto& [url, at] : asked) {
    if (!links.contains(url))
      fresh.add({url, host_of(url), std::string(name(StandingKind::fresh)), to_stored(at),
                 to_stored(at), to_stored(Standing{})});
  }
  take(fresh.run(sql,
                 "INSERT INTO link (url, host, standing, since, next_look, standing_state) VALUES "
                 "@ROWS@ ON CONFLICT (url) DO UPDATE SET host = excluded.host RETURNING id, url, "
                 "standing_state"));
  return links;
}

std::vector<std::int64_t> keep_findings(Sql& sql, const std::vector<FindingToKeep>& found) {
  using Key = std::pair<std::int64_t, std::string>;  // citation and digest
  std::vector<Key> keys;
  std::vector<std::string> details;
  SqlRows wanted({"BIGINT", "TEXT"});
  for (const FindingToKeep& one : found) {
    Json urls = Json::array();
    for (const LinkFinding& link : one.verdict->links) urls.push(link.url);
    details.push_back(write_json(
        Json::object({{"quote", quote_finding_to_json(one.verdict->quote)}, {"urls", urls}})));
    keys.emplace_back(one.citation_id,
                      to_hex(sha256(one.verdict->reason + "\x1e" + details.back())).substr(0, 32));
    wanted.add({keys.back().first, keys.back().second});
  }
  std::map<Key, std::int64_t> kept;
  const auto take = [&](const std::vector<SqlRow>& rows) {
    for (const SqlRow& row : rows) kept[{row.integer(1), row.text(2)}] = row.integer(0);
  };
  take(
      wanted.run(sql,
                 "SELECT f.id, f.citation_id, f.digest FROM (VALUES @ROWS@) AS wanted JOIN finding "
                 "f ON f.citation_id = wanted.column1 AND f.digest = wanted.column2"));
  SqlRows fresh({"BIGINT", "TEXT", "TEXT", "DOUBLE PRECISION", "TEXT", "TEXT"});
  std::set<Key> written;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (kept.contains(keys[i]) || !written.insert(keys[i]).second) continue;
    const Verdict& verdict = *found[i].verdict;
    fresh.add({keys[i].first, keys[i].second, std::string(name(verdict.quote.state)),
               verdict.quote.similarity, verdict.reason, details[i]});
  }
  // DO UPDATE, since DO NOTHING would return no row where another was quicker.
  take(fresh.run(sql,
                 "INSERT INTO finding (citation_id, digest, quote_state, similarity, reason, "
                 "details) VALUES @ROWS@ ON CONFLICT (citation_id, digest) DO UPDATE SET digest = "
                 "excluded.digest RETURNING id, citation_id, digest"));
  std::vector<std::int64_t> ids;
  for (const Key& key : keys) ids.push_back(kept.at(key));
  return ids;
}

}  // namespace loccit
