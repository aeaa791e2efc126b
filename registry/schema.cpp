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

int migrate(Sql& sql) {
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
    if (version == schema_version()) return taken;
    run_each(sql, in_dialect(steps[static_cast<std::size_t>(version)], sql.is_postgresql()));
    sql.run("DELETE FROM schema_version");
    sql.run("INSERT INTO schema_version (version) VALUES ($1)", {std::int64_t{version + 1}});
    transaction.commit();
    ++taken;
  }
}

}  // namespace loccit
