#include "registry/schema.h"

#include <functional>
#include <map>

#include <gtest/gtest.h>

#include "registry/registry.h"
#include "support/postgresql_server.h"
#include "support/temp_dir.h"

namespace loccit {
namespace {

const std::vector<std::string> tables = {
    "document",         "citation",     "link",       "check_run",
    "citation_outcome", "link_outcome", "transition", "notice"};

std::map<std::string, std::int64_t> rows_by_table(Sql& sql) {
  std::map<std::string, std::int64_t> counts;
  for (const std::string& table : tables)
    counts[table] = sql.query("SELECT count(*) FROM " + table)[0].integer(0);
  return counts;
}

// What version 1 wrote, in its own words.
void fill_version_1(Sql& sql) {
  const std::int64_t day = 86'400'000'000;
  sql.run(
      "INSERT INTO document (name, title, sha256, media_type, added_at, interval_hours, "
      "next_check) "
      "VALUES ('a.txt', 'A', 'ab', 'text/plain', 1, 168, 2)");
  for (int i = 1; i <= 3; ++i) {
    const std::string n = std::to_string(i);
    sql.run(
        "INSERT INTO citation (document_id, fingerprint, label, title, quote, urls, standing, "
        "since, next_look, standing_state, first_seen, last_seen) VALUES (1, 'f" +
        n + "', 'c" + n + "', 'Title', 'words', 'http://host" + n +
        ".test/', 'up', 1, 2, '{}', 1, 1)");
    sql.run(
        "INSERT INTO link (url, host, standing, since, next_look, standing_state) VALUES "
        "('http://host" +
        n + ".test/', 'host" + n + ".test', 'up', 1, 2, '{}')");
  }
  for (std::int64_t check = 1; check <= 4; ++check) {
    sql.run(
        "INSERT INTO check_run (document_id, started_at, finished_at, tool, worker, inconclusive, "
        "intact, drifted, rotten, unverifiable) VALUES (1, $1, $2, '0', '', 0, 2, 1, 0, 0)",
        {check * day, check * day + 5});
    for (std::int64_t i = 1; i <= 3; ++i) {
      sql.run(
          "INSERT INTO citation_outcome (citation_id, check_id, verdict, quote_state, similarity, "
          "reason) VALUES ($1, $2, $3, $4, $5, $6)",
          {i, check, std::string(i == 3 ? "drifted" : "intact"),
           std::string(i == 3 ? "altered" : "verbatim"),
           i == 3 ? 0.1 * static_cast<double>(check) : 1.0, "reason " + std::to_string(i)});
      sql.run(
          "INSERT INTO link_outcome (link_id, check_id, state, status, final_url, error, "
          "snapshot_id, fetched_at) VALUES ($1, $2, 'ok', 200, '', NULL, 'urn:uuid:1', 1)",
          {i, check});
    }
  }
  sql.run(
      "INSERT INTO transition (citation_id, check_id, from_standing, to_standing, rule, at) "
      "VALUES (1, 1, 'new', 'up', 'stands', 1)");
  sql.run(
      "INSERT INTO transition (link_id, check_id, from_standing, to_standing, rule, at) "
      "VALUES (2, 1, 'new', 'up', 'stands', 1)");
  sql.run(
      "INSERT INTO notice (key, citation_id, kind, text, created_at, attempts, next_try) "
      "VALUES ('k', 1, 'change', 't', 1, 0, 1)");
}

void comes_up_from_every_version(const std::function<std::string()>& new_place) {
  for (int version = 1; version < schema_version(); ++version) {
    const std::string path = new_place();
    std::map<std::string, std::int64_t> before;
    {
      Sql sql = Sql::open(path);
      EXPECT_EQ(migrate(sql, 1), 1);
      fill_version_1(sql);
      migrate(sql, version);
      before = rows_by_table(sql);
      EXPECT_EQ(migrate(sql), schema_version() - version);
      EXPECT_EQ(rows_by_table(sql), before) << "from version " << version;
      EXPECT_EQ(migrate(sql), 0) << "there is nothing more to do";
      if (!sql.is_postgresql()) {
        EXPECT_TRUE(sql.query("PRAGMA foreign_key_check").empty());
      }
    }
    auto registry = Registry::open(path);
    ASSERT_TRUE(registry) << registry.error().message;
    const auto timeline = *registry->timeline(3);
    ASSERT_EQ(timeline.size(), 4U);
    EXPECT_EQ(timeline[3].reason, "reason 3");
    const auto outcome = *registry->outcome(3, 2);
    ASSERT_TRUE(outcome);
    EXPECT_DOUBLE_EQ(outcome->quote.similarity, 0.2);
    EXPECT_EQ(outcome->links.at(0).snapshot->id, "urn:uuid:1");
    const auto document = *registry->document("a.txt");
    EXPECT_EQ(document->checks, 4);
    EXPECT_EQ(document->last.intact, 2U);
    EXPECT_EQ(registry->transitions({.document = "a.txt"})->size(), 2U);
    EXPECT_EQ(registry->transitions({.host = "host2.test"})->size(), 1U);
    EXPECT_EQ(registry->waiting_notices(Timestamp(std::chrono::seconds(1)))->size(), 1U);
  }
}

TEST(RegistrySchema, EveryEarlierVersionComesUpWithAllItsRows) {
  const loccit::testing::TempDir folder;
  int count = 0;
  comes_up_from_every_version(
      [&] { return (folder.path() / (std::to_string(++count) + ".db")).string(); });
}

TEST(PostgreSQL, EveryEarlierVersionComesUpWithAllItsRows) {
  if (const auto why = loccit::testing::PostgresqlServer::why_not()) GTEST_SKIP() << *why;
  loccit::testing::PostgresqlServer server;
  comes_up_from_every_version([&] { return server.new_database(); });
}

TEST(RegistrySchema, AStepThatFailsLeavesTheVersionBeforeIt) {
  const loccit::testing::TempDir folder;
  Sql sql = Sql::open((folder.path() / "registry.db").string());
  migrate(sql, 1);
  fill_version_1(sql);
  sql.run("CREATE TABLE finding (id INTEGER)");  // in the way of step 2
  EXPECT_THROW(migrate(sql), SqlError);
  EXPECT_EQ(sql.query("SELECT version FROM schema_version")[0].integer(0), 1);
  EXPECT_EQ(sql.query("SELECT reason FROM citation_outcome").size(), 12U);
  sql.run("DROP TABLE finding");
  EXPECT_EQ(migrate(sql), schema_version() - 1);
}

}  // namespace
}  // namespace loccit
