// Leases under what happens to workers: several at once, killed at any moment, coming back too
// late, and a database that crashes. On both backends where both can.
#include <csignal>
#include <filesystem>
#include <iostream>
#include <random>
#include <set>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "registry/registry.h"
#include "registry/sql.h"
#include "support/postgresql_server.h"
#include "support/temp_dir.h"

namespace loccit {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

const Timestamp new_year = *from_iso8601("2026-01-01T00:00:00Z");

// A document of `citations` citations over `hosts` hosts.
Document document_of(int citations, int hosts) {
  Document document;
  for (int i = 0; i < citations; ++i) {
    Source source;
    source.id = std::to_string(i + 1);
    source.kind = SourceKind::web;
    source.urls = {"http://host" + std::to_string(i % hosts) + ".test/" + std::to_string(i)};
    document.sources.push_back(source);
    Citation citation;
    citation.id = "c" + source.id;
    citation.quote = "words " + source.id;
    citation.sources = {source.id};
    document.citations.push_back(citation);
  }
  return document;
}

// What a look at the lease's citations finds: all stand.
std::vector<std::pair<Report, RecordOptions>> looked_at(Registry& registry, const Lease& lease,
                                                        const std::string& worker, Timestamp now) {
  std::vector<std::pair<Report, RecordOptions>> results;
  for (const CitationRow& row : lease.citations) {
    Report report;
    report.document = *registry.citation_document(row.id);
    report.started_at = report.finished_at = now;
    Verdict verdict;
    verdict.citation_id = row.label;
    verdict.kind = VerdictKind::intact;
    verdict.quote.state = QuoteState::verbatim;
    LinkFinding link;
    link.url = row.urls;
    link.state = LinkState::ok;
    link.status = 200;
    verdict.links = {link};
    report.verdicts = {verdict};
    RecordOptions options;
    options.document_name = row.document;
    options.scope = Scope::part;
    options.worker = worker;
    results.emplace_back(report, options);
  }
  return results;
}

enum class Backend { sqlite, postgresql };

class Leases : public ::testing::TestWithParam<Backend> {
 protected:
  void SetUp() override {
    place_ = (folder_ / "registry.db").string();
    if (GetParam() == Backend::sqlite) return;
    if (const auto why = loccit::testing::PostgresqlServer::why_not()) GTEST_SKIP() << *why;
    static loccit::testing::PostgresqlServer server;
    place_ = server.new_database();
  }
  loccit::testing::TempDir folder_;
  std::string place_;
};

TEST_P(Leases, OneHostIsOneWorkersAtATime) {
  auto registry = Registry::open(place_);
  ASSERT_TRUE(registry) << registry.error().message;
  ASSERT_TRUE(registry->enroll(document_of(12, 3), "a.txt", new_year));
  const auto first = *registry->lease("one", {.hosts = 2, .citations = 3}, new_year);
  const auto second = *registry->lease("two", {.hosts = 2, .citations = 3}, new_year);
  ASSERT_EQ(first.size(), 2U);
  ASSERT_EQ(second.size(), 1U) << "the other two are taken";
  EXPECT_EQ(first[0].citations.size(), 3U);
  for (const Lease& lease : first) {
    EXPECT_NE(lease.host, second[0].host);
    for (const CitationRow& row : lease.citations)
      EXPECT_NE(row.urls.find(lease.host), std::string::npos);
  }
  EXPECT_TRUE(registry->lease("three", {}, new_year)->empty());
  ASSERT_TRUE(registry->give_back(second[0], new_year));
  EXPECT_EQ(registry->lease("three", {}, new_year)->size(), 1U) << "given back is free at once";
}

TEST_P(Leases, AHostIsGivenOutAgainOnlyAfterItsDelay) {
  auto registry = Registry::open(place_);
  ASSERT_TRUE(registry);
  ASSERT_TRUE(registry->enroll(document_of(4, 1), "a.txt", new_year));
  const auto lease = registry->lease("one", {.citations = 2}, new_year)->at(0);
  const auto counted =
      registry->finish(lease, looked_at(*registry, lease, "one", new_year), new_year + seconds(5));
  ASSERT_TRUE(counted);
  EXPECT_TRUE(*counted);
  EXPECT_TRUE(registry->lease("two", {}, new_year + seconds(4))->empty());
  const auto rest = *registry->lease("two", {}, new_year + seconds(5));
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].citations.size(), 2U) << "what was looked at is due no more";
}

TEST_P(Leases, WhoComesBackTooLateIsHistoryNotStanding) {
  auto registry = Registry::open(place_);
  ASSERT_TRUE(registry);
  ASSERT_TRUE(registry->enroll(document_of(1, 1), "a.txt", new_year));
  const LeaseWish wish{.hosts = 1, .citations = 1, .duration = seconds(60)};
  const auto slow = registry->lease("slow", wish, new_year)->at(0);
  EXPECT_TRUE(registry->lease("quick", wish, new_year + seconds(59))->empty());
  EXPECT_TRUE(*registry->renew(slow, new_year + seconds(90)));
  EXPECT_TRUE(registry->lease("quick", wish, new_year + seconds(61))->empty()) << "renewed";
  const auto quick = registry->lease("quick", wish, new_year + seconds(91))->at(0);
  EXPECT_FALSE(*registry->renew(slow, new_year + seconds(900)));
  const Timestamp now = new_year + seconds(100);
  EXPECT_TRUE(*registry->finish(quick, looked_at(*registry, quick, "quick", now), now));
  auto results = looked_at(*registry, slow, "slow", now);
  results[0].first.verdicts[0].kind = VerdictKind::rotten;
  results[0].first.verdicts[0].links[0].state = LinkState::gone;
  EXPECT_FALSE(*registry->finish(slow, results, now));
  const auto citation = registry->citations({.document = "a.txt"})->at(0);
  EXPECT_EQ(citation.standing, StandingKind::up);
  EXPECT_EQ(citation.verdict, "intact");
  EXPECT_EQ(registry->timeline(citation.id)->size(), 2U) << "kept all the same";
  const auto fleet = *registry->fleet(now);
  ASSERT_EQ(fleet.size(), 2U);
  EXPECT_EQ(fleet[1].name, "slow");
  EXPECT_EQ(fleet[1].late, 1);
}

INSTANTIATE_TEST_SUITE_P(SQLite, Leases, ::testing::Values(Backend::sqlite));
INSTANTIATE_TEST_SUITE_P(PostgreSQL, Leases, ::testing::Values(Backend::postgresql));

int from_environment(const char* name, int otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::atoi(value);
}

// Four workers, killed and started again at random, and a database that crashes under them. Every
// citation has exactly one result that counts. LOCCIT_CHAOS_CITATIONS, _HOSTS, _KILLS and _CRASHES
// make it as large as .ci/nightly wants.
TEST(PostgreSQLChaos, EveryCitationHasOneResultWhateverDies) {
  if (const auto why = loccit::testing::PostgresqlServer::why_not()) GTEST_SKIP() << *why;
  const int citations = from_environment("LOCCIT_CHAOS_CITATIONS", 120);
  const int kills = from_environment("LOCCIT_CHAOS_KILLS", 4);
  const int crashes = from_environment("LOCCIT_CHAOS_CRASHES", 1);
  loccit::testing::PostgresqlServer server(loccit::testing::PostgresqlServer::Durability::full);
  const std::string place = server.new_database();
  {
    auto registry = Registry::open(place);
    ASSERT_TRUE(registry) << registry.error().message;
    ASSERT_TRUE(registry->enroll(document_of(citations, from_environment("LOCCIT_CHAOS_HOSTS", 20)),
                                 "a.txt", new_year));
  }
  // Works until nothing is due for a while; tries again where the database is away.
  const auto work = [&](const std::string& name) {
    int idle = 0;
    while (idle < 40) {
      auto registry = Registry::open(place);
      for (; registry && idle < 40;) {
        const Timestamp now = system_clock()();
        const auto leases =
            registry->lease(name, {.hosts = 2, .citations = 4, .duration = seconds(1)}, now);
        if (!leases) break;
        idle = leases->empty() ? idle + 1 : 0;
        if (leases->empty()) ::usleep(50'000);
        bool away = false;
        for (const Lease& lease : *leases) {
          ::usleep(2'000);  // the fetching
          away =
              away || !registry->finish(lease, looked_at(*registry, lease, name, system_clock()()),
                                        system_clock()());
        }
        if (away) break;
      }
      ::usleep(20'000);
    }
  };
  std::vector<pid_t> workers(4, 0);
  int started = 0;
  const auto start = [&](pid_t& worker) {
    const std::string name = "worker " + std::to_string(++started);
    worker = ::fork();
    if (worker == 0) {
      work(name);
      ::_exit(0);
    }
  };
  for (pid_t& worker : workers) start(worker);
  std::mt19937 random(3);
  for (int i = 0; i < kills; ++i) {
    ::usleep(30'000 + static_cast<useconds_t>(random() % 100'000));
    pid_t& victim = workers[random() % workers.size()];
    ::kill(victim, SIGKILL);
    ::waitpid(victim, nullptr, 0);
    start(victim);
    if (crashes > 0 && (i + 1) % std::max(1, kills / crashes) == 0) {
      server.stop_at_once();
      server.start();
    }
  }
  for (const pid_t worker : workers) {
    int status = 0;
    ::waitpid(worker, &status, 0);
    EXPECT_EQ(status, 0);
  }
  Sql sql = Sql::open(place);
  const auto once = sql.query(
      "SELECT count(*) FROM (SELECT o.citation_id FROM citation_outcome o JOIN check_run r ON r.id "
      "= o.check_id WHERE r.late = 0 GROUP BY o.citation_id HAVING count(*) = 1) AS single");
  const auto late = sql.query("SELECT count(*) FROM check_run WHERE late = 1");
  const auto counted = sql.query("SELECT sum(outcomes) FROM day_count");
  EXPECT_EQ(once[0].integer(0), citations);
  EXPECT_EQ(counted[0].integer(0), citations);
  EXPECT_EQ(
      sql.query("SELECT count(*) FROM transition WHERE citation_id IS NOT NULL")[0].integer(0),
      citations);
  std::cout << citations << " citations, " << once[0].integer(0) << " with exactly one result, "
            << late[0].integer(0) << " results too late; " << kills << " kills, " << crashes
            << " crashes of the database\n";
}

}  // namespace
}  // namespace loccit
