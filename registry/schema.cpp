#include "registry/schema.h"

#include <array>
#include <string>

namespace loccit {
namespace {

// Moments are microseconds since 1970 in UTC. A step that has been released is never edited: add
// one.
// @SERIAL@ is the dialects' one difference: a key that counts by itself.
constexpr std::array steps = {
    // 1: documents, what they cite, what each check found, what history made of it
    R"(
CREATE TABLE document (
  id @SERIAL@, name TEXT NOT NULL UNIQUE, title TEXT NOT NULL, sha256 TEXT NOT NULL, media_type TEXT NOT NULL,
  added_at BIGINT NOT NULL, interval_hours BIGINT NOT NULL, next_check BIGINT NOT NULL);
CREATE INDEX document_due ON document (next_check);
CREATE TABLE citation (
  id @SERIAL@, document_id BIGINT NOT NULL REFERENCES document (id), fingerprint TEXT NOT NULL, label TEXT NOT NULL,
  title TEXT NOT NULL, quote TEXT, urls TEXT NOT NULL, standing TEXT NOT NULL, since BIGINT NOT NULL, next_look BIGINT NOT NULL,
  standing_state TEXT NOT NULL, first_seen BIGINT NOT NULL, last_seen BIGINT NOT NULL, UNIQUE (document_id, fingerprint));
CREATE INDEX citation_standing ON citation (standing, since);
CREATE INDEX citation_due ON citation (next_look);
CREATE TABLE link (
  id @SERIAL@, url TEXT NOT NULL UNIQUE, host TEXT NOT NULL, standing TEXT NOT NULL, since BIGINT NOT NULL,
  next_look BIGINT NOT NULL, standing_state TEXT NOT NULL);
CREATE INDEX link_host ON link (host);
CREATE INDEX link_standing ON link (standing, since);
CREATE TABLE check_run (
  id @SERIAL@, document_id BIGINT NOT NULL REFERENCES document (id), started_at BIGINT NOT NULL, finished_at BIGINT NOT NULL,
  tool TEXT NOT NULL, worker TEXT NOT NULL, inconclusive BIGINT NOT NULL, intact BIGINT NOT NULL, drifted BIGINT NOT NULL,
  rotten BIGINT NOT NULL, unverifiable BIGINT NOT NULL);
CREATE INDEX check_run_document ON check_run (document_id, started_at);
CREATE INDEX check_run_time ON check_run (started_at);
CREATE TABLE citation_outcome (
  citation_id BIGINT NOT NULL REFERENCES citation (id), check_id BIGINT NOT NULL REFERENCES check_run (id), verdict TEXT NOT NULL,
  quote_state TEXT NOT NULL, similarity DOUBLE PRECISION NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (citation_id, check_id));
CREATE INDEX citation_outcome_check ON citation_outcome (check_id);
CREATE TABLE link_outcome (
  link_id BIGINT NOT NULL REFERENCES link (id), check_id BIGINT NOT NULL REFERENCES check_run (id), state TEXT NOT NULL,
  status BIGINT NOT NULL, final_url TEXT NOT NULL, error TEXT, snapshot_id TEXT, fetched_at BIGINT NOT NULL, PRIMARY KEY (link_id, check_id));
CREATE INDEX link_outcome_check ON link_outcome (check_id);
CREATE TABLE transition (
  id @SERIAL@, citation_id BIGINT REFERENCES citation (id), link_id BIGINT REFERENCES link (id),
  check_id BIGINT NOT NULL REFERENCES check_run (id), from_standing TEXT NOT NULL, to_standing TEXT NOT NULL, rule TEXT NOT NULL, at BIGINT NOT NULL);
CREATE INDEX transition_citation ON transition (citation_id, at);
CREATE INDEX transition_link ON transition (link_id, at);
CREATE INDEX transition_time ON transition (at);
CREATE TABLE notice (
  id @SERIAL@, key TEXT NOT NULL UNIQUE, citation_id BIGINT NOT NULL REFERENCES citation (id), kind TEXT NOT NULL, text TEXT NOT NULL,
  created_at BIGINT NOT NULL, sent_at BIGINT, attempts BIGINT NOT NULL, next_try BIGINT NOT NULL);
CREATE INDEX notice_waiting ON notice (next_try) WHERE sent_at IS NULL;
)",
    // 2: what each outcome rests on, kept once while it stays the same; citations that can be
    // looked at without their document; counts that no page has to make anew
    R"(
ALTER TABLE document ADD COLUMN checks BIGINT NOT NULL DEFAULT 0;
ALTER TABLE document ADD COLUMN last_check BIGINT;
UPDATE document SET checks = (SELECT count(*) FROM check_run r WHERE r.document_id = document.id),
  last_check = (SELECT max(r.finished_at) FROM check_run r WHERE r.document_id = document.id);
ALTER TABLE check_run ADD COLUMN partial BIGINT NOT NULL DEFAULT 0;
ALTER TABLE check_run ADD COLUMN late BIGINT NOT NULL DEFAULT 0;
ALTER TABLE check_run ADD COLUMN record TEXT NOT NULL DEFAULT '';
ALTER TABLE citation ADD COLUMN position BIGINT NOT NULL DEFAULT 0;
ALTER TABLE citation ADD COLUMN present BIGINT NOT NULL DEFAULT 1;
ALTER TABLE citation ADD COLUMN host TEXT NOT NULL DEFAULT '';
ALTER TABLE citation ADD COLUMN interval_hours BIGINT NOT NULL DEFAULT 0;
ALTER TABLE citation ADD COLUMN manifest TEXT NOT NULL DEFAULT '';
ALTER TABLE citation ADD COLUMN verdict TEXT NOT NULL DEFAULT '';
ALTER TABLE citation ADD COLUMN last_check_id BIGINT NOT NULL DEFAULT 0;
UPDATE citation SET position = id,
  verdict = coalesce((SELECT o.verdict FROM citation_outcome o WHERE o.citation_id = citation.id ORDER BY o.check_id DESC LIMIT 1), ''),
  last_check_id = coalesce((SELECT max(o.check_id) FROM citation_outcome o WHERE o.citation_id = citation.id), 0);
DROP INDEX citation_due;
CREATE INDEX citation_due ON citation (next_look) WHERE present = 1;
CREATE INDEX citation_verdicts ON citation (document_id, present, verdict);
CREATE TABLE finding (
  id @SERIAL@, citation_id BIGINT NOT NULL REFERENCES citation (id), digest TEXT NOT NULL, quote_state TEXT NOT NULL,
  similarity DOUBLE PRECISION NOT NULL, reason TEXT NOT NULL, details TEXT NOT NULL, UNIQUE (citation_id, digest));
INSERT INTO finding (citation_id, digest, quote_state, similarity, reason, details)
  SELECT citation_id, quote_state || ' ' || CAST(similarity AS TEXT) || ' ' || reason, quote_state, similarity, reason, ''
  FROM citation_outcome GROUP BY citation_id, quote_state, similarity, reason;
ALTER TABLE citation_outcome ADD COLUMN finding_id BIGINT REFERENCES finding (id);
UPDATE citation_outcome SET finding_id = (SELECT f.id FROM finding f WHERE f.citation_id = citation_outcome.citation_id
  AND f.digest = citation_outcome.quote_state || ' ' || CAST(citation_outcome.similarity AS TEXT) || ' ' || citation_outcome.reason);
ALTER TABLE citation_outcome DROP COLUMN quote_state;
ALTER TABLE citation_outcome DROP COLUMN similarity;
ALTER TABLE citation_outcome DROP COLUMN reason;
ALTER TABLE link_outcome ADD COLUMN redirects BIGINT NOT NULL DEFAULT 0;
ALTER TABLE link_outcome ADD COLUMN drift TEXT NOT NULL DEFAULT '';
ALTER TABLE link_outcome ADD COLUMN snapshot_sha256 TEXT NOT NULL DEFAULT '';
ALTER TABLE transition ADD COLUMN document_id BIGINT REFERENCES document (id);
ALTER TABLE transition ADD COLUMN host TEXT NOT NULL DEFAULT '';
UPDATE transition SET document_id = (SELECT r.document_id FROM check_run r WHERE r.id = transition.check_id),
  host = coalesce((SELECT l.host FROM link l WHERE l.id = transition.link_id), '');
CREATE INDEX transition_document ON transition (document_id, at);
CREATE INDEX transition_host ON transition (host, at);
CREATE TABLE day_count (day BIGINT NOT NULL, verdict TEXT NOT NULL, outcomes BIGINT NOT NULL, PRIMARY KEY (day, verdict));
INSERT INTO day_count (day, verdict, outcomes)
  SELECT r.finished_at / 86400000000 * 86400000000, o.verdict, count(*) FROM citation_outcome o JOIN check_run r ON r.id = o.check_id
  GROUP BY r.finished_at / 86400000000 * 86400000000, o.verdict;
)",
    // 3: what has reached whom, where a notice goes more than one way
    R"(
CREATE TABLE delivery (notice_id BIGINT NOT NULL REFERENCES notice (id), sink TEXT NOT NULL, sent_at BIGINT NOT NULL,
  PRIMARY KEY (notice_id, sink));
CREATE INDEX notice_citation ON notice (citation_id);
)",
    // 4: hosts, to be leased to workers; and what pages over twenty thousand citations need
    R"(
CREATE TABLE host (name TEXT PRIMARY KEY, due_at BIGINT NOT NULL, next_at BIGINT NOT NULL DEFAULT 0, owner TEXT NOT NULL DEFAULT '',
  lease_until BIGINT NOT NULL DEFAULT 0, fence BIGINT NOT NULL DEFAULT 0);
CREATE INDEX host_due ON host (due_at);
CREATE INDEX citation_host ON citation (host, next_look) WHERE present = 1;
CREATE INDEX citation_present ON citation (standing, present) WHERE present = 1;
CREATE INDEX citation_order ON citation (document_id, position, id) WHERE present = 1;
INSERT INTO host (name, due_at) SELECT host, min(next_look) FROM citation WHERE present = 1 GROUP BY host;
)",
    // 5: which lease of a host was the last to be brought back, so that bringing it back twice
    // counts
    // once; who works; and when any worker may next ask a host
    R"(
ALTER TABLE host ADD COLUMN finished BIGINT NOT NULL DEFAULT 0;
CREATE TABLE worker (name TEXT PRIMARY KEY, started_at BIGINT NOT NULL, seen_at BIGINT NOT NULL, checks BIGINT NOT NULL,
  outcomes BIGINT NOT NULL, late BIGINT NOT NULL);
CREATE INDEX worker_seen ON worker (seen_at);
CREATE INDEX host_owner ON host (owner) WHERE owner <> '';
CREATE TABLE turn (host TEXT PRIMARY KEY, next_at BIGINT NOT NULL);
)"};

std::string in_dialect(std::string text, bool postgresql) {
  static constexpr std::string_view mark = "@SERIAL@";
  const std::string_view serial = postgresql ? "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
                                             : "INTEGER PRIMARY KEY AUTOINCREMENT";
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
    text.replace(at, mark.size(), serial);
  return text;
}

void run_each(Sql& sql, std::string_view statements) {
  while (!statements.empty()) {
    const std::size_t end = statements.find(';');
    if (end == std::string_view::npos) return;
    sql.run(statements.substr(0, end));
    statements.remove_prefix(end + 1);
  }
}

int version_of(Sql& sql) {
  const auto rows = sql.query("SELECT version FROM schema_version");
  return rows.empty() ? 0 : static_cast<int>(rows[0].integer(0));
}

}  // namespace

int schema_version() { return static_cast<int>(steps.size()); }

int migrate(Sql& sql) { return migrate(sql, schema_version()); }

int migrate(Sql& sql, int up_to) {
  sql.run("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)");
  int taken = 0;
  for (;;) {
    Sql::Transaction transaction(sql);
    // Two programs that open a new registry at once: the second waits here and then finds the work
    // done.
    if (sql.is_postgresql()) sql.run("LOCK TABLE schema_version IN EXCLUSIVE MODE");
    const int version = version_of(sql);
    if (version > schema_version()) {
      throw SqlError{{FailureKind::unsupported,
                      "the registry is of version " + std::to_string(version) +
                          ", and this loccit knows up to " + std::to_string(schema_version()) +
                          "; use a newer loccit"}};
    }
    if (version >= up_to) return taken;
    run_each(sql, in_dialect(steps[static_cast<std::size_t>(version)], sql.is_postgresql()));
    sql.run("DELETE FROM schema_version");
    sql.run("INSERT INTO schema_version (version) VALUES ($1)", {std::int64_t{version + 1}});
    transaction.commit();
    ++taken;
  }
}

}  // namespace loccit
