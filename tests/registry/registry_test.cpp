#include "registry/registry.h"

#include <csignal>
#include <filesystem>
#include <random>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "registry/schema.h"
#include "registry/sql.h"
#include "support/postgresql_server.h"

namespace loccit {
namespace {

using std::chrono::hours;
namespace fs = std::filesystem;

enum class Backend { sqlite, postgresql };

// The same tests on both. PostgreSQL's server is one for all of them, each has a database of its
// own.
class RegistryTest : public ::testing::TestWithParam<Backend> {
 protected:
  void SetUp() override {
    if (GetParam() == Backend::postgresql) {
      if (const auto why = loccit::testing::PostgresqlServer::why_not()) GTEST_SKIP() << *why;
      static loccit::testing::PostgresqlServer server;
      url_ = server.new_database();
      return;
    }
    // In memory where there is such a place: a year of checks is hundreds of fsyncs.
    const fs::path root = fs::exists("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path();
    folder_ = root / ("loccit-registry-" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override {
    if (!folder_.empty()) fs::remove_all(folder_);
  }
  std::string path() const { return url_.empty() ? (folder_ / "registry.db").string() : url_; }
  fs::path folder_;
  std::string url_;
};

const Timestamp new_year = *from_iso8601("2026-01-01T00:00:00Z");

// A document whose n citations have one link each, all as `states` says.
Report report_of(Timestamp at, const std::vector<LinkState>& states,
                 const std::string& site = "host") {
  Report report;
  report.started_at = report.finished_at = at;
  for (std::size_t i = 0; i < states.size(); ++i) {
    const std::string id = std::to_string(i + 1);
    const std::string url = "http://" + site + id + ".test/page";
    Source source;
    source.id = id;
    source.urls = {url};
    report.document.sources.push_back(source);
    Citation citation;
    citation.id = "c" + id;
    citation.quote = "words " + id;
    citation.sources = {id};
    report.document.citations.push_back(citation);
    Verdict verdict;
    verdict.citation_id = citation.id;
    LinkFinding link;
    link.url = url;
    link.state = states[i];
    link.status = states[i] == LinkState::error ? 503 : 200;
    verdict.links = {link};
    const bool stands = states[i] == LinkState::ok;
    verdict.kind = stands                            ? VerdictKind::intact
                   : states[i] == LinkState::refused ? VerdictKind::unverifiable
                                                     : VerdictKind::rotten;
    verdict.quote.state = stands ? QuoteState::verbatim : QuoteState::unchecked;
    report.verdicts.push_back(verdict);
  }
  return report;
}

RecordOptions options_for(const std::string& document, Look look = Look::usual) {
  RecordOptions options;
  options.document_name = document;
  options.look = look;
  return options;
}

TEST_P(RegistryTest, KeepsWhatEachCheckSawAndWhatHistoryMadeOfIt) {
  auto registry = Registry::open(path());
  ASSERT_TRUE(registry) << registry.error().message;
  ASSERT_TRUE(registry->record(report_of(new_year, {LinkState::ok, LinkState::gone}),
                               options_for("a.txt")));
  for (int day = 1; day <= 3; ++day) {
    ASSERT_TRUE(
        registry->record(report_of(new_year + hours(24 * day), {LinkState::ok, LinkState::gone}),
                         options_for("a.txt")));
  }
  const auto citations = registry->citations({.document = "a.txt"});
  ASSERT_TRUE(citations) << citations.error().message;
  ASSERT_EQ(citations->size(), 2U);
  EXPECT_EQ((*citations)[0].standing, StandingKind::up);
  EXPECT_EQ((*citations)[1].standing, StandingKind::suspect) << "no second look yet";
  EXPECT_EQ((*citations)[1].next_look, new_year + hours(72)) << "the second look is due at once";

  const auto second =
      registry->record(report_of(new_year + hours(72), {LinkState::ok, LinkState::gone}),
                       options_for("a.txt", Look::second));
  ASSERT_TRUE(second);
  EXPECT_EQ((*registry->citations({.document = "a.txt"}))[1].standing, StandingKind::dead);

  const auto notices = registry->waiting_notices(new_year + hours(80));
  ASSERT_TRUE(notices);
  ASSERT_EQ(notices->size(), 1U);
  EXPECT_NE((*notices)[0].text.find("suspect → dead"), std::string::npos) << (*notices)[0].text;
  const auto timeline = registry->timeline((*citations)[0].id);
  ASSERT_TRUE(timeline);
  EXPECT_EQ(timeline->size(), 5U);
}

TEST_P(RegistryTest, ACitationIsKnownByItsWordsNotByItsNumber) {
  auto registry = Registry::open(path());
  ASSERT_TRUE(registry);
  ASSERT_TRUE(
      registry->record(report_of(new_year, {LinkState::ok, LinkState::ok}), options_for("a.txt")));
  Report renumbered = report_of(new_year + hours(24), {LinkState::ok, LinkState::ok});
  renumbered.document.citations[1].id = "c9";
  ASSERT_TRUE(registry->record(renumbered, options_for("a.txt")));
  const auto citations = *registry->citations({.document = "a.txt"});
  ASSERT_EQ(citations.size(), 2U);
  EXPECT_EQ(citations[1].label, "c9");
}

TEST_P(RegistryTest, ARunInWhichManyHostsFailIsRecordedAndCountsForNobody) {
  auto registry = Registry::open(path());
  ASSERT_TRUE(registry);
  std::vector<LinkState> fine(25, LinkState::ok);
  ASSERT_TRUE(registry->record(report_of(new_year, fine), options_for("a.txt")));
  std::vector<LinkState> outage = fine;
  std::fill(outage.begin(), outage.begin() + 6, LinkState::unreachable);
  const auto recorded =
      registry->record(report_of(new_year + hours(24), outage), options_for("a.txt"));
  ASSERT_TRUE(recorded);
  EXPECT_TRUE(recorded->inconclusive);
  EXPECT_TRUE(recorded->transitions.empty());
  const auto citations = registry->citations({.document = "a.txt"});
  for (const CitationRow& citation : *citations) EXPECT_EQ(citation.standing, StandingKind::up);
}

TEST_P(RegistryTest, RemindersComeOnceEachAndNoticesUntilTheyAreSent) {
  auto registry = Registry::open(path());
  ASSERT_TRUE(registry);
  for (int day = 0; day < 4; ++day)
    registry->record(report_of(new_year + hours(24 * day), {LinkState::gone}),
                     options_for("a.txt"));
  registry->record(report_of(new_year + hours(73), {LinkState::gone}),
                   options_for("a.txt", Look::second));
  const Timestamp later = new_year + hours(24 * 40);
  ASSERT_TRUE(registry->add_reminders(later));
  ASSERT_TRUE(registry->add_reminders(later));
  auto notices = *registry->waiting_notices(later);
  ASSERT_EQ(notices.size(), 3U) << "the change, 7 days, 30 days";
  EXPECT_EQ(notices[2].text, "a.txt, c1: dead for 30 days");
  ASSERT_TRUE(registry->mark_sent(notices[0].id, later));
  ASSERT_TRUE(registry->mark_failed(notices[1].id, later + hours(1)));
  EXPECT_EQ(registry->waiting_notices(later)->size(), 1U);
  EXPECT_EQ(registry->waiting_notices(later + hours(1))->size(), 2U);
}

TEST_P(RegistryTest, WhatIsDueIsTheOverdueDocumentAndASuspectOfAnother) {
  auto registry = Registry::open(path());
  ASSERT_TRUE(registry);
  registry->record(report_of(new_year, {LinkState::ok}, "a"), options_for("a.txt"));
  registry->record(report_of(new_year, {LinkState::gone}, "b"), options_for("b.txt"));
  EXPECT_TRUE(registry->due_citations(new_year + hours(1), 10)->empty());
  ASSERT_TRUE(registry->set_interval("a.txt", hours(48)));
  registry->record(report_of(new_year + hours(1), {LinkState::ok}, "a"), options_for("a.txt"));
  const auto next_day = *registry->due_citations(new_year + hours(24), 10);
  ASSERT_EQ(next_day.size(), 1U);
  EXPECT_EQ(next_day[0].document, "b.txt");
  EXPECT_EQ(registry->next_due(), next_day[0].next_look);
  EXPECT_TRUE(registry->due(new_year + hours(24), 10)->empty());
  EXPECT_EQ(registry->due(new_year + hours(24 * 8), 10)->size(), 2U);
  ASSERT_TRUE(registry->set_interval("b.txt", hours(0)));
  EXPECT_EQ(registry->due(new_year + hours(24 * 8), 10)->size(), 1U) << "b.txt is not watched";
  EXPECT_FALSE(registry->set_interval("c.txt", hours(1)));
}

TEST_P(RegistryTest, WhatIsUpIsLookedAtOftenAtFirstThenAtItsInterval) {
  auto registry = Registry::open(path());
  ASSERT_TRUE(registry);
  Timestamp now = new_year;
  std::vector<long> days;
  for (int i = 0; i < 6; ++i) {
    registry->record(report_of(now, {LinkState::ok}), options_for("a.txt"));
    const Timestamp next = registry->citations({.document = "a.txt"})->at(0).next_look;
    days.push_back(std::chrono::duration_cast<hours>(next - now).count() / 24);
    now = next;
  }
  EXPECT_EQ(days, (std::vector<long>{1, 2, 4, 7, 7, 7}));
}

TEST_P(RegistryTest, AnOutcomeComesBackAsTheVerdictThatItWas) {
  auto registry = Registry::open(path());
  ASSERT_TRUE(registry);
  Report report = report_of(new_year, {LinkState::moved});
  Verdict& verdict = report.verdicts[0];
  verdict.kind = VerdictKind::drifted;
  verdict.reason = "the source says otherwise";
  verdict.quote.state = QuoteState::altered;
  verdict.quote.similarity = 0.75;
  verdict.quote.passages = {
      {0, 7, 100, 107, "words 1", "before ", " after", "http://x/#:~:text=w"}};
  verdict.quote.changes = {{ChangeKind::meaning, "not", "", 0, 3, 100, 100}};
  verdict.links[0].error = "moved for good";
  verdict.links[0].redirects = 2;
  verdict.links[0].final_url = "http://elsewhere.test/";
  verdict.links[0].drift = TextDrift::passage;
  SnapshotRecord snapshot;
  snapshot.id = "urn:uuid:1";
  snapshot.requested_url = verdict.links[0].url;
  snapshot.status = 200;
  snapshot.sha256 = "ab";
  snapshot.fetched_at = new_year;
  verdict.links[0].snapshot = snapshot;
  const auto recorded = registry->record(report, options_for("a.txt"));
  ASSERT_TRUE(recorded) << recorded.error().message;
  const auto citation = registry->citations({.document = "a.txt"})->at(0);
  const auto told = *registry->outcome(citation.id, citation.last_check);
  ASSERT_TRUE(told);
  // Where the snapshot lies is the archive's to say; everything else is as it was.
  Report again = report;
  again.verdicts[0] = *told;
  EXPECT_EQ(write_json(report_to_json(again)), write_json(report_to_json(report)));
  EXPECT_EQ(told->links[0].snapshot->id, "urn:uuid:1");
  const auto document = registry->citation_documents({citation.id})->at(0);
  ASSERT_TRUE(document) << document.error().message;
  EXPECT_EQ(document->citations.at(0).quote, "words 1");
  EXPECT_EQ(document->sources.at(0).urls.at(0), "http://host1.test/page");
}

TEST_P(RegistryTest, ACheckOfAPartLeavesTheRestAsItWas) {
  auto registry = Registry::open(path());
  ASSERT_TRUE(registry);
  registry->record(report_of(new_year, {LinkState::ok, LinkState::ok}), options_for("a.txt"));
  RecordOptions part = options_for("a.txt");
  part.scope = Scope::part;
  registry->record(report_of(new_year + hours(24), {LinkState::gone}), part);
  auto document = *registry->document("a.txt");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->last.citations, 2U);
  EXPECT_EQ(document->last.intact, 1U);
  EXPECT_EQ(document->last.rotten, 1U);
  registry->record(report_of(new_year + hours(48), {LinkState::ok}), options_for("a.txt"));
  EXPECT_EQ((*registry->document("a.txt"))->last.citations, 1U) << "the document has lost one";
  EXPECT_EQ(registry->citations({.document = "a.txt", .also_gone = true})->size(), 2U);
  const auto checks = *registry->checks("a.txt");
  ASSERT_EQ(checks.size(), 3U);
  EXPECT_TRUE(checks[1].partial);
  EXPECT_EQ(registry->outcomes_by_day(new_year, new_year + hours(24 * 9))->size(), 3U);
}

TEST_P(RegistryTest, SearchTakesItsWordsAsTheyAre) {
  auto registry = Registry::open(path());
  ASSERT_TRUE(registry);
  registry->record(report_of(new_year, {LinkState::ok, LinkState::ok}), options_for("100%.txt"));
  EXPECT_EQ(registry->documents({.search = "0%.T"})->size(), 1U);
  EXPECT_EQ(registry->documents({.search = "0_.t"})->size(), 0U);
  EXPECT_EQ(registry->citations({.search = "WORDS 2"})->size(), 1U);
  EXPECT_EQ(registry->citations({.search = "host"})->size(), 2U);
  EXPECT_EQ(registry->citations({.search = "host", .limit = 1, .offset = 1})->at(0).label, "c2");
}

TEST_P(RegistryTest, HistoryIsAskedByDocumentCitationHostAndTime) {
  auto registry = Registry::open(path());
  ASSERT_TRUE(registry);
  registry->record(report_of(new_year, {LinkState::ok, LinkState::ok}, "a"), options_for("a.txt"));
  registry->record(report_of(new_year + hours(24), {LinkState::gone, LinkState::ok}, "a"),
                   options_for("a.txt"));
  HistoryQuery query;
  EXPECT_EQ(registry->transitions(query)->size(), 6U)
      << "two links and two citations came up, one of each is suspect";
  query.host = "a1.test";
  EXPECT_EQ(registry->transitions(query)->size(), 4U) << "of the link and of the citation";
  query = {};
  query.citation = "c1";
  EXPECT_EQ(registry->transitions(query)->size(), 2U);
  query = {};
  query.from = new_year + hours(1);
  EXPECT_EQ(registry->transitions(query)->size(), 2U);
  query.document = "other";
  EXPECT_TRUE(registry->transitions(query)->empty());
}

TEST_P(RegistryTest, RefusesAFileThatIsNoRegistryAndOneFromTheFuture) {
  {
    auto sql = Sql::open(path());
    migrate(sql);
    sql.run("UPDATE schema_version SET version = 999");
  }
  const auto future = Registry::open(path());
  ASSERT_FALSE(future);
  EXPECT_NE(future.error().message.find("newer loccit"), std::string::npos)
      << future.error().message;
  EXPECT_FALSE(Registry::open("/nowhere/at/all.db"));
}

TEST_P(RegistryTest, PassagesStandBetweenTheChecksThatBoundThem) {
  std::vector<TimelineEntry> timeline;
  const char* states[] = {"absent",  "verbatim", "unchecked", "verbatim",
                          "altered", "altered",  "verbatim"};
  for (int i = 0; i < 7; ++i) timeline.push_back({i, new_year + hours(24 * i), "", states[i], ""});
  const auto spans = passage_spans(timeline);
  ASSERT_EQ(spans.size(), 2U);
  EXPECT_EQ(spans[0].not_before, new_year);
  EXPECT_EQ(spans[0].stood_first, new_year + hours(24));
  EXPECT_EQ(spans[0].stood_last, new_year + hours(72));
  EXPECT_EQ(spans[0].gone_by, new_year + hours(96));
  EXPECT_EQ(spans[1].not_before, new_year + hours(120));
  EXPECT_FALSE(spans[1].gone_by);
}

TEST_P(RegistryTest, AWriterKilledAtAnyMomentLeavesWholeChecksOnly) {
  { ASSERT_TRUE(Registry::open(path())); }
  std::mt19937 random(7);
  for (int round = 0; round < 10; ++round) {
    const pid_t child = ::fork();
    if (child == 0) {
      auto registry = Registry::open(path());
      for (int i = 0; registry && i < 10'000; ++i) {
        registry->record(report_of(new_year + hours(24 * (round * 10'000 + i)),
                                   std::vector<LinkState>(10, LinkState::ok)),
                         options_for("a.txt"));
      }
      ::_exit(0);
    }
    ::usleep(static_cast<useconds_t>(20'000 + random() % 80'000));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    auto sql = Sql::open(path());
    const auto checks = sql.query("SELECT count(*) FROM check_run")[0].integer(0);
    const auto outcomes = sql.query("SELECT count(*) FROM citation_outcome")[0].integer(0);
    EXPECT_EQ(outcomes, checks * 10);
    if (!sql.is_postgresql()) {
      EXPECT_EQ(sql.query("PRAGMA integrity_check")[0].text(0), "ok");
    }
  }
}

INSTANTIATE_TEST_SUITE_P(SQLite, RegistryTest, ::testing::Values(Backend::sqlite));
INSTANTIATE_TEST_SUITE_P(PostgreSQL, RegistryTest, ::testing::Values(Backend::postgresql));

}  // namespace
}  // namespace loccit
