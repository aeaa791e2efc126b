// Leases under what happens to workers: several at once, killed at any moment, coming back too
// late, and a database that crashes. On both backends where both can.
#include <csignal>
#include <filesystem>
#include <iostream>
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "registry/document_of.h"
#include "registry/registry.h"
#include "registry/sql.h"
#include "support/postgresql_server.h"
#include "support/temp_dir.h"

namespace loccit {
namespace {

using loccit::testing::document_of;
using std::chrono::hours;
using std::chrono::seconds;

const Timestamp new_year = *from_iso8601("2026-01-01T00:00:00Z");

// What a look at the leases' citations finds: all stand.
std::vector<std::pair<Report, RecordOptions>> looked_at(Registry& registry,
                                                        const std::vector<Lease>& leases,
                                                        const std::string& worker, Timestamp now) {
  Report report;
  report.started_at = report.finished_at = now;
  RecordOptions options;
  options.scope = Scope::part;
  options.worker = worker;
  std::vector<std::int64_t> ids;
  for (const Lease& lease : leases)
    for (const CitationRow& row : lease.citations) ids.push_back(row.id);
  const auto documents = registry.citation_documents(ids);
  if (!documents) return {};  // the database is away
  std::size_t next = 0;
  for (const Lease& lease : leases) {
    for (const CitationRow& row : lease.citations) {
      const Document& alone = *documents->at(next++);
      report.document.info = alone.info;
      report.document.sources.insert(report.document.sources.end(), alone.sources.begin(),
                                     alone.sources.end());
      report.document.citations.push_back(alone.citations.at(0));
      Verdict verdict;
      verdict.citation_id = row.label;
      verdict.kind = VerdictKind::intact;
      verdict.quote.state = QuoteState::verbatim;
      LinkFinding link;
      link.url = row.urls;
      link.state = LinkState::ok;
      link.status = 200;
      verdict.links = {link};
      report.verdicts.push_back(verdict);
      options.document_name = row.document;
    }
  }
  return {{report, options}};
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
  ASSERT_TRUE(registry->give_back(second, new_year));
  EXPECT_EQ(registry->lease("three", {}, new_year)->size(), 1U) << "given back is free at once";
}

TEST_P(Leases, AHostIsGivenOutAgainOnlyAfterItsDelay) {
  auto registry = Registry::open(place_);
  ASSERT_TRUE(registry);
  ASSERT_TRUE(registry->enroll(document_of(4, 1), "a.txt", new_year));
  const auto lease = *registry->lease("one", {.citations = 2}, new_year);
  const auto late =
      registry->finish(lease, looked_at(*registry, lease, "one", new_year), new_year + seconds(5));
  ASSERT_TRUE(late) << late.error().message;
  EXPECT_EQ(*late, 0U);
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
  const auto slow = *registry->lease("slow", wish, new_year);
  EXPECT_TRUE(registry->lease("quick", wish, new_year + seconds(59))->empty());
  EXPECT_EQ(*registry->renew(slow, new_year + seconds(90)), 1U);
  EXPECT_TRUE(registry->lease("quick", wish, new_year + seconds(61))->empty()) << "renewed";
  const auto quick = *registry->lease("quick", wish, new_year + seconds(91));
  EXPECT_EQ(*registry->renew(slow, new_year + seconds(900)), 0U);
  const Timestamp now = new_year + seconds(100);
  EXPECT_EQ(*registry->finish(quick, looked_at(*registry, quick, "quick", now), now), 0U);
  auto results = looked_at(*registry, slow, "slow", now);
  results[0].first.verdicts[0].kind = VerdictKind::rotten;
  results[0].first.verdicts[0].links[0].state = LinkState::gone;
  EXPECT_EQ(*registry->finish(slow, results, now), 1U);
  const auto citation = registry->citations({.document = "a.txt"})->at(0);
  EXPECT_EQ(citation.standing, StandingKind::up);
  EXPECT_EQ(citation.verdict, "intact");
  EXPECT_EQ(registry->timeline(citation.id)->size(), 2U) << "kept all the same";
  const auto fleet = *registry->fleet(now);
  ASSERT_EQ(fleet.size(), 2U);
  EXPECT_EQ(fleet[1].name, "slow");
  EXPECT_EQ(fleet[1].late, 1);
  EXPECT_EQ(registry->outcomes_by_day(new_year, new_year + hours(24))->at(0).outcomes.citations, 1U)
      << "what came too late is in no chart";
}

// The answer to finish() was lost with the connection: the worker cannot know, and brings its
// results once more.
TEST_P(Leases, BringingBackTwiceCountsOnce) {
  auto registry = Registry::open(place_);
  ASSERT_TRUE(registry);
  ASSERT_TRUE(registry->enroll(document_of(6, 2), "a.txt", new_year));
  const auto leases = *registry->lease("one", {}, new_year);
  const auto results = looked_at(*registry, leases, "one", new_year);
  for (int time = 0; time < 2; ++time) EXPECT_EQ(*registry->finish(leases, results, new_year), 0U);
  EXPECT_EQ(registry->document("a.txt")->value().checks, 1);
  EXPECT_EQ(registry->timeline(1)->size(), 1U);
  EXPECT_EQ(registry->fleet(new_year)->at(0).outcomes, 6);
}

TEST_P(Leases, OfOneReportThePartWhoseHostWasLostIsLate) {
  auto registry = Registry::open(place_);
  ASSERT_TRUE(registry);
  ASSERT_TRUE(registry->enroll(document_of(6, 2), "a.txt", new_year));
  const auto leases = *registry->lease("slow", {.duration = seconds(60)}, new_year);
  ASSERT_EQ(leases.size(), 2U);
  const auto results = looked_at(*registry, leases, "slow", new_year + seconds(61));
  ASSERT_EQ(registry->lease("quick", {.hosts = 1}, new_year + seconds(61))->size(), 1U);
  EXPECT_EQ(*registry->finish(leases, results, new_year + seconds(61)), 1U);
  const auto fleet = *registry->fleet(new_year + seconds(61));
  ASSERT_EQ(fleet.size(), 1U);
  EXPECT_EQ(fleet[0].outcomes, 3);
  EXPECT_EQ(fleet[0].late, 3);
}

// More rows than one statement takes, and documents in any number.
TEST_P(Leases, ManyDocumentsAreBroughtBackAtOnce) {
  auto registry = Registry::open(place_);
  ASSERT_TRUE(registry);
  for (int i = 0; i < 5; ++i)
    ASSERT_TRUE(registry->enroll(document_of(70, 7), std::to_string(i) + ".txt", new_year));
  const auto leases = *registry->lease("one", {.hosts = 50, .citations = 500}, new_year);
  ASSERT_EQ(leases.size(), 7U);
  std::map<std::string, std::vector<Lease>> by_document;
  for (const Lease& lease : leases) {
    EXPECT_EQ(lease.citations.size(), 50U);
    for (const CitationRow& row : lease.citations) {
      auto& own = by_document[row.document];
      if (own.empty() || own.back().host != lease.host)
        own.push_back({lease.host, lease.fence, {}});
      own.back().citations.push_back(row);
    }
  }
  std::vector<std::pair<Report, RecordOptions>> results;
  for (const auto& [document, own] : by_document)
    results.push_back(looked_at(*registry, own, "one", new_year).at(0));
  EXPECT_EQ(*registry->finish(leases, results, new_year), 0U);
  const auto citations = *registry->citations({});
  for (const CitationRow& row : citations) {
    EXPECT_EQ(row.standing, StandingKind::up);
    EXPECT_EQ(registry->timeline(row.id)->size(), 1U);
  }
  EXPECT_EQ(citations.size(), 350U);
  EXPECT_TRUE(registry->lease("two", {}, new_year + seconds(1))->empty()) << "nothing is due";
}

TEST_P(Leases, TurnsAreTheirPauseApartWhoeverAsks) {
  auto one = Registry::open(place_);
  auto two = Registry::open(place_);
  ASSERT_TRUE(one && two);
  const std::chrono::milliseconds pause(500);
  EXPECT_EQ(*one->turn("a.test", pause, new_year), new_year);
  EXPECT_EQ(*two->turn("a.test", pause, new_year), new_year + pause);
  EXPECT_EQ(*one->turn("a.test", pause, new_year), new_year + 2 * pause);
  EXPECT_EQ(*one->turn("b.test", pause, new_year), new_year);
  EXPECT_EQ(*one->turn("a.test", pause, new_year + seconds(9)), new_year + seconds(9));
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
        ::usleep(2'000);  // the fetching
        const auto results = looked_at(*registry, *leases, name, system_clock()());
        const bool away = !registry->finish(*leases, results, system_clock()());
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
