#include "registry/registry.h"

#include <csignal>
#include <filesystem>
#include <map>
#include <random>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "registry/schema.h"
#include "registry/sql.h"

namespace loccit {
namespace {

using std::chrono::hours;
namespace fs = std::filesystem;

class RegistryTest : public testing::Test {
 protected:
  void SetUp() override {
    // In memory where there is such a place: a year of checks is hundreds of fsyncs.
    const fs::path root = fs::exists("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path();
    folder_ = root / ("loccit-registry-" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::string path() const { return (folder_ / "registry.db").string(); }
  fs::path folder_;
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

TEST_F(RegistryTest, KeepsWhatEachCheckSawAndWhatHistoryMadeOfIt) {
  auto registry = Registry::open(path());
  ASSERT_TRUE(registry) << registry.error().message;
  ASSERT_TRUE(registry->record(report_of(new_year, {LinkState::ok, LinkState::gone}),
                               options_for("a.txt")));
  for (int day = 1; day <= 3; ++day) {
    ASSERT_TRUE(
        registry->record(report_of(new_year + hours(24 * day), {LinkState::ok, LinkState::gone}),
                         options_for("a.txt")));
  }
  const auto citations = registry->citations("a.txt");
  ASSERT_TRUE(citations) << citations.error().message;
  ASSERT_EQ(citations->size(), 2U);
  EXPECT_EQ((*citations)[0].standing, StandingKind::up);
  EXPECT_EQ((*citations)[1].standing, StandingKind::suspect) << "no second look yet";
  EXPECT_EQ((*citations)[1].next_look, new_year + hours(72)) << "the second look is due at once";

  const auto second =
      registry->record(report_of(new_year + hours(72), {LinkState::ok, LinkState::gone}),
                       options_for("a.txt", Look::second));
  ASSERT_TRUE(second);
  EXPECT_EQ((*registry->citations("a.txt"))[1].standing, StandingKind::dead);

  const auto notices = registry->waiting_notices(new_year + hours(80));
  ASSERT_TRUE(notices);
  ASSERT_EQ(notices->size(), 1U);
  EXPECT_NE((*notices)[0].text.find("suspect → dead"), std::string::npos) << (*notices)[0].text;
  const auto timeline = registry->timeline((*citations)[0].id);
  ASSERT_TRUE(timeline);
  EXPECT_EQ(timeline->size(), 5U);
}

TEST_F(RegistryTest, ACitationIsKnownByItsWordsNotByItsNumber) {
  auto registry = Registry::open(path());
  ASSERT_TRUE(registry);
  ASSERT_TRUE(
      registry->record(report_of(new_year, {LinkState::ok, LinkState::ok}), options_for("a.txt")));
  Report renumbered = report_of(new_year + hours(24), {LinkState::ok, LinkState::ok});
  renumbered.document.citations[1].id = "c9";
  ASSERT_TRUE(registry->record(renumbered, options_for("a.txt")));
  const auto citations = *registry->citations("a.txt");
  ASSERT_EQ(citations.size(), 2U);
  EXPECT_EQ(citations[1].label, "c9");
}

TEST_F(RegistryTest, ARunInWhichManyHostsFailIsRecordedAndCountsForNobody) {
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
  const auto citations = registry->citations("a.txt");
  for (const CitationRow& citation : *citations) EXPECT_EQ(citation.standing, StandingKind::up);
}

TEST_F(RegistryTest, RemindersComeOnceEachAndNoticesUntilTheyAreSent) {
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

TEST_F(RegistryTest, WhatIsDueIsTheOverdueDocumentAndTheOneWithASuspect) {
  auto registry = Registry::open(path());
  ASSERT_TRUE(registry);
  registry->record(report_of(new_year, {LinkState::ok}, "a"), options_for("a.txt"));
  registry->record(report_of(new_year, {LinkState::gone}, "b"), options_for("b.txt"));
  EXPECT_TRUE(registry->due(new_year + hours(1), 10)->empty());
  const auto next_day = *registry->due(new_year + hours(25), 10);
  ASSERT_EQ(next_day.size(), 1U);
  EXPECT_EQ(next_day[0].name, "b.txt");
  EXPECT_EQ(registry->due(new_year + hours(24 * 7), 10)->size(), 2U);
}

TEST_F(RegistryTest, HistoryIsAskedByDocumentCitationHostAndTime) {
  auto registry = Registry::open(path());
  ASSERT_TRUE(registry);
  registry->record(report_of(new_year, {LinkState::ok, LinkState::ok}, "a"), options_for("a.txt"));
  registry->record(report_of(new_year + hours(24), {LinkState::gone, LinkState::ok}, "a"),
                   options_for("a.txt"));
  HistoryQuery query;
  EXPECT_EQ(registry->transitions(query)->size(), 6U)
      << "two links and two citations came up, one of each is suspect";
  query.host = "a1.test";
  EXPECT_EQ(registry->transitions(query)->size(), 2U);
  query = {};
  query.citation = "c1";
  EXPECT_EQ(registry->transitions(query)->size(), 2U);
  query = {};
  query.from = new_year + hours(1);
  EXPECT_EQ(registry->transitions(query)->size(), 2U);
  query.document = "other";
  EXPECT_TRUE(registry->transitions(query)->empty());
}

TEST_F(RegistryTest, RefusesAFileThatIsNoRegistryAndOneFromTheFuture) {
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

TEST_F(RegistryTest, PassagesStandBetweenTheChecksThatBoundThem) {
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

// A year in the life of 40 pages: some die for good on a known day, some are down for two days at a
// time. The registry is the real one; only the clock is ours. What must hold: no page that came
// back within the rule's span is ever called dead, every true death is notified exactly once, every
// revival too.
TEST_F(RegistryTest, AYearOfOutagesAndDeathsIsToldOnceAndTruly) {
  auto registry = Registry::open(path());
  ASSERT_TRUE(registry);
  constexpr int pages = 40;
  std::mt19937 random(42);
  std::map<int, int> death;    // page → day
  std::map<int, int> revival;  // page → day
  std::map<int, std::vector<int>> outages;
  for (int page = 0; page < pages; ++page) {
    if (page % 4 == 0) death[page] = 60 + static_cast<int>(random() % 100);
    if (page % 8 == 0) revival[page] = death[page] + 120;
    if (page % 4 != 0) {
      for (int i = 0; i < 3; ++i) outages[page].push_back(static_cast<int>(random() % 350));
    }
  }
  const auto state_on = [&](int page, int day) {
    if (death.contains(page) && day >= death[page] &&
        (!revival.contains(page) || day < revival[page]))
      return LinkState::gone;
    for (const int start : outages[page]) {
      if (day >= start && day < start + 2) return LinkState::unreachable;
    }
    return LinkState::ok;
  };
  for (int day = 0; day < 365; ++day) {
    const Timestamp now = new_year + hours(24 * day);
    std::vector<LinkState> states;
    for (int page = 0; page < pages; ++page) states.push_back(state_on(page, day));
    const auto recorded = registry->record(report_of(now, states), options_for("a.txt"));
    ASSERT_TRUE(recorded) << recorded.error().message;
    if (!recorded->confirming.empty()) {
      ASSERT_TRUE(
          registry->record(report_of(now + hours(1), states), options_for("a.txt", Look::second)));
    }
  }
  std::map<std::string, std::map<std::string, int>> told;  // citation → kind → times
  const auto waiting = registry->waiting_notices(new_year + hours(24 * 400));
  for (const Notice& notice : *waiting) {
    const std::string kind = notice.text.find("→ dead") != std::string::npos      ? "dead"
                             : notice.text.find("→ revived") != std::string::npos ? "revived"
                                                                                  : "other";
    ++told[notice.citation][kind];
  }
  for (int page = 0; page < pages; ++page) {
    const std::string id = "c" + std::to_string(page + 1);
    EXPECT_EQ(told[id]["dead"], death.contains(page) ? 1 : 0) << id;
    EXPECT_EQ(told[id]["revived"], revival.contains(page) ? 1 : 0) << id;
  }
}

TEST_F(RegistryTest, AWriterKilledAtAnyMomentLeavesWholeChecksOnly) {
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
    EXPECT_EQ(sql.query("PRAGMA integrity_check")[0].text(0), "ok");
  }
}

}  // namespace
}  // namespace loccit
