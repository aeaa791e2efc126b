// A worker whose check takes longer than its lease, and one whose database goes away while it holds
// results.
#include "checks/worker.h"

#include <thread>

#include <gtest/gtest.h>

#include "registry/document_of.h"
#include "support/postgresql_server.h"
#include "support/temp_dir.h"

namespace loccit {
namespace {

using loccit::testing::document_of;
using loccit::testing::PostgresqlServer;
using std::chrono::milliseconds;
using std::chrono::seconds;

Report all_intact(const Document& document) {
  Report report;
  report.document = document;
  report.started_at = report.finished_at = system_clock()();
  for (std::size_t i = 0; i < document.citations.size(); ++i) {
    Verdict verdict;
    verdict.citation_id = document.citations[i].id;
    verdict.kind = VerdictKind::intact;
    verdict.quote.state = QuoteState::verbatim;
    LinkFinding link;
    link.url = document.sources[i].urls[0];
    link.state = LinkState::ok;
    link.status = 200;
    verdict.links = {link};
    report.verdicts.push_back(verdict);
  }
  return report;
}

TEST(WorkerRound, RenewsItsLeasesWhileTheCheckRuns) {
  const loccit::testing::TempDir folder;
  const std::string place = (folder / "registry.db").string();
  auto registry = Registry::open(place);
  ASSERT_TRUE(registry);
  ASSERT_TRUE(registry->enroll(document_of(3, 3), "a.txt", system_clock()()));
  std::size_t taken_over = 9;
  WatchDesk desk;
  desk.check = [&](const Document& document, Look) -> Result<Report> {
    std::this_thread::sleep_for(milliseconds(4500));
    taken_over = Registry::open(place)->lease("another", {}, system_clock()())->size();
    return all_intact(document);
  };
  const auto round =
      worker_round(*registry, desk, {.name = "slow", .wish = {.duration = seconds(3)}});
  ASSERT_TRUE(round) << round.error().message;
  EXPECT_EQ(taken_over, 0U);
  EXPECT_EQ(round->hosts, 3U);
  EXPECT_EQ(round->late, 0U);
}

TEST(WorkerRound, KeepsItsResultsUntilTheDatabaseIsBack) {
  if (const auto why = PostgresqlServer::why_not()) GTEST_SKIP() << *why;
  PostgresqlServer server(PostgresqlServer::Durability::full);
  auto registry = Registry::open(server.new_database());
  ASSERT_TRUE(registry);
  ASSERT_TRUE(registry->enroll(document_of(3, 3), "a.txt", system_clock()()));
  WatchDesk desk;
  desk.check = [&](const Document& document, Look) -> Result<Report> {
    server.stop_at_once();
    return all_intact(document);
  };
  int waited = 0;
  WorkerOptions options{.name = "one"};
  options.wait = [&](const Failure& failure, milliseconds) {
    EXPECT_EQ(failure.kind, FailureKind::io) << failure.message;
    if (++waited == 3) server.start();
    return waited > 9;
  };
  const auto round = worker_round(*registry, desk, options);
  ASSERT_TRUE(round) << round.error().message;
  EXPECT_GE(waited, 3);
  EXPECT_EQ(round->citations, 3U);
  const auto citations = *registry->citations({});
  for (const CitationRow& row : citations) EXPECT_EQ(row.verdict, "intact");
}

TEST(WorkerRound, GivesUpWhenItIsToEnd) {
  if (const auto why = PostgresqlServer::why_not()) GTEST_SKIP() << *why;
  PostgresqlServer server(PostgresqlServer::Durability::full);
  auto registry = Registry::open(server.new_database());
  ASSERT_TRUE(registry);
  ASSERT_TRUE(registry->enroll(document_of(1, 1), "a.txt", system_clock()()));
  WatchDesk desk;
  desk.check = [&](const Document& document, Look) -> Result<Report> {
    server.stop_at_once();
    return all_intact(document);
  };
  WorkerOptions options{.name = "one"};
  options.wait = [](const Failure&, milliseconds) { return true; };
  EXPECT_FALSE(worker_round(*registry, desk, options));
}

}  // namespace
}  // namespace loccit
