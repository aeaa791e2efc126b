#include <algorithm>
#include <map>

#include "base/digest.h"
#include "base/url.h"
#include "manifests/citation_manifest.h"
#include "registry/recording.h"
#include "registry/sql_rows.h"
#include "registry/stored_standing.h"

namespace loccit {
namespace {

constexpr std::chrono::hours usual_interval{7 * 24};

std::string lines_of_urls(const Citation& citation, const SourcesById& sources) {
  std::string lines;
  for (const Source* source : sources.of(citation)) {
    for (const std::string& url : source->urls) lines += (lines.empty() ? "" : "\n") + url;
  }
  return lines;
}

// So that the citation can be looked at again, and shown, without its document.
std::string own_manifest(const DocumentInfo& info, const Citation& citation,
                         const SourcesById& sources) {
  Document alone;
  alone.info = info;
  for (const Source* source : sources.of(citation)) alone.sources.push_back(*source);
  alone.citations = {citation};
  alone.citations[0].part = 0;
  return write_json(manifest_to_json(alone));
}

// Citations to enroll come from several documents.
class SourcesOfAll {
 public:
  const SourcesById& of(const Document& document) {
    return documents_.try_emplace(&document, document).first->second;
  }

 private:
  std::map<const Document*, SourcesById> documents_;
};

using Key = std::pair<std::int64_t, std::string>;  // document and fingerprint

EnrolledCitation enrolled_from(const SqlRow& row) {
  return {row.integer(0), row.text(3), std::chrono::hours(row.integer(4))};
}

std::map<Key, EnrolledCitation> known_citations(Sql& sql, const std::set<Key>& keys) {
  SqlRows wanted({"BIGINT", "TEXT"});
  for (const auto& [document, print] : keys) wanted.add({document, print});
  // In one order, so that two workers do not wait for one another.
  const std::string lock = sql.is_postgresql() ? " ORDER BY c.id FOR UPDATE OF c" : "";
  std::map<Key, EnrolledCitation> found;
  for (const SqlRow& row :
       wanted.run(sql,
                  "SELECT c.id, c.document_id, c.fingerprint, c.standing_state, c.interval_hours "
                  "FROM (VALUES @ROWS@) AS wanted JOIN citation c ON c.document_id = "
                  "wanted.column1 AND c.fingerprint = wanted.column2" +
                      lock)) {
    found.emplace(Key(row.integer(1), row.text(2)), enrolled_from(row));
  }
  return found;
}

// `them` holds no citation twice: a statement may touch a row once.
std::map<Key, EnrolledCitation> write_citations(Sql& sql, const std::vector<CitationToEnroll>& them,
                                                const std::vector<Key>& keys,
                                                SourcesOfAll& sources) {
  SqlRows rows({"BIGINT", "TEXT", "TEXT", "TEXT", "TEXT", "TEXT", "TEXT", "BIGINT", "BIGINT",
                "TEXT", "BIGINT", "BIGINT", "BIGINT", "TEXT", "TEXT"});
  for (std::size_t i = 0; i < them.size(); ++i) {
    const Document& document = *them[i].document;
    const Citation& citation = document.citations.at(them[i].index);
    const SourcesById& of_it = sources.of(document);
    const std::int64_t now = to_stored(them[i].now);
    rows.add({keys[i].first, keys[i].second, citation.id, citation.title,
              citation.quote ? SqlValue(*citation.quote) : SqlValue(),
              lines_of_urls(citation, of_it), std::string(name(StandingKind::fresh)), now, now,
              to_stored(Standing{}), now, now, static_cast<std::int64_t>(them[i].index),
              first_host(citation, of_it), own_manifest(document.info, citation, of_it)});
  }
  std::map<Key, EnrolledCitation> written;
  std::map<std::string, std::int64_t> due;  // by host
  for (const SqlRow& row : rows.run(
           sql,
           "INSERT INTO citation (document_id, fingerprint, label, title, quote, urls, standing, "
           "since, next_look, standing_state, first_seen, last_seen, position, host, manifest) "
           "VALUES @ROWS@ ON CONFLICT (document_id, fingerprint) DO UPDATE SET label = "
           "excluded.label, title = excluded.title, last_seen = excluded.last_seen, position = "
           "excluded.position, host = excluded.host, manifest = excluded.manifest, present = 1 "
           "RETURNING id, document_id, fingerprint, standing_state, interval_hours, host, "
           "next_look")) {
    written.emplace(Key(row.integer(1), row.text(2)), enrolled_from(row));
    const auto [host, is_new] = due.emplace(row.text(5), row.integer(6));
    if (!is_new) host->second = std::min(host->second, row.integer(6));
  }
  SqlRows hosts({"TEXT", "BIGINT"});
  for (const auto& [host, at] : due) hosts.add({host, at});
  hosts.run(sql,
            "INSERT INTO host (name, due_at) VALUES @ROWS@ ON CONFLICT (name) DO UPDATE SET due_at "
            "= CASE WHEN excluded.due_at < host.due_at THEN excluded.due_at ELSE host.due_at END");
  return written;
}

}  // namespace

std::string fingerprint(const Citation& citation, const SourcesById& sources) {
  const std::string urls = lines_of_urls(citation, sources);
  std::string words;
  if (citation.quote) {
    words = *citation.quote;
  } else {
    words = "\x1f" + citation.title;
    // Nothing else tells one unpublished letter from another.
    for (const Source* source : sources.of(citation))
      words += urls.empty() ? "\x1f" + source->note : "";
  }
  // As JSON, which mends what is no UTF-8: the same before and after it went through a manifest.
  return to_hex(sha256(write_json(Json(words + "\x1e" + urls)))).substr(0, 32);
}

std::string first_host(const Citation& citation, const SourcesById& sources) {
  const std::string urls = lines_of_urls(citation, sources);
  const auto url = parse_url(urls.substr(0, urls.find('\n')));
  return url ? url->host : "";
}

EnrolledDocument enroll_document(Sql& sql, const Document& document, const std::string& name,
                                 Timestamp now) {
  const DocumentInfo& info = document.info;
  const SqlRow row =
      sql.query(
             "INSERT INTO document (name, title, sha256, media_type, added_at, interval_hours, "
             "next_check) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (name) DO UPDATE SET "
             "title = excluded.title, sha256 = excluded.sha256, media_type = excluded.media_type "
             "RETURNING id, interval_hours",
             {name, info.title, info.sha256, info.media_type, to_stored(now),
              std::int64_t{usual_interval.count()}, to_stored(now + usual_interval)})
          .at(0);
  return {row.integer(0), std::chrono::hours(row.integer(1))};
}

std::vector<EnrolledCitation> enroll_citations(Sql& sql, const std::vector<CitationToEnroll>& them,
                                               Scope scope) {
  std::vector<Key> keys;  // by citation
  std::map<Key, EnrolledCitation> found;
  SourcesOfAll sources;
  for (const CitationToEnroll& one : them)
    keys.emplace_back(one.document_id, fingerprint(one.document->citations.at(one.index),
                                                   sources.of(*one.document)));
  if (scope == Scope::part) found = known_citations(sql, {keys.begin(), keys.end()});
  std::set<Key> written;
  std::vector<CitationToEnroll> unknown;
  std::vector<Key> unknown_keys;
  for (std::size_t i = 0; i < them.size(); ++i) {
    if (found.contains(keys[i]) || !written.insert(keys[i]).second) continue;
    unknown.push_back(them[i]);
    unknown_keys.push_back(keys[i]);
  }
  found.merge(write_citations(sql, unknown, unknown_keys, sources));
  std::vector<EnrolledCitation> enrolled;
  enrolled.reserve(them.size());
  for (const Key& key : keys) enrolled.push_back(found.at(key));
  return enrolled;
}

void forget_the_others(Sql& sql, std::int64_t document_id, const std::set<std::int64_t>& present) {
  std::vector<SqlValue> gone;
  for (const SqlRow& row :
       sql.query("SELECT id FROM citation WHERE document_id = $1 AND present = 1", {document_id})) {
    if (!present.contains(row.integer(0))) gone.emplace_back(row.integer(0));
  }
  query_keys(sql, "UPDATE citation SET present = 0 WHERE id IN (@KEYS@)", gone);
}

}  // namespace loccit
