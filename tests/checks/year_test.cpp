// A year of a watch, in minutes: the registry and the rounds are the real ones, the clock and the
// web are ours. The web has pages that die, come back, change, are refused, or are down for less
// than the rule says; and there are days on which our own network is down. Small here;
// LOCCIT_YEAR_DOCUMENTS and LOCCIT_YEAR_CITATIONS (of each) make it as large as .ci/nightly wants.
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checks/watch.h"
#include "registry/sql.h"

namespace loccit {
namespace {

namespace fs = std::filesystem;
using std::chrono::hours;

const Timestamp new_year = *from_iso8601("2026-01-01T00:00:00Z");
const Timestamp year_end = new_year + hours(24 * 365);

int from_environment(const char* name, int otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::atoi(value);
}

enum class Fate { fine, dies, dies_and_returns, drifts, changes_meaning, refused_for_a_time };

struct Outage {
  Timestamp from, until;
  LinkState state = LinkState::unreachable;
};

struct Page {
  Fate fate = Fate::fine;
  Timestamp turn, back;  // when its fate strikes, and when that is over
  std::vector<Outage> outages;
};

class World {
 public:
  World(int documents, int citations) {
    std::mt19937 random(2026);
    const auto day = [&](int from, int until) {
      return new_year + hours(24 * from) +
             hours(random() % static_cast<unsigned>(24 * (until - from)));
    };
    for (int i = 0; i < documents * citations; ++i) {
      Page page;
      const auto roll = random() % 100;
      page.fate = roll < 8    ? Fate::dies
                  : roll < 12 ? Fate::dies_and_returns
                  : roll < 18 ? Fate::drifts
                  : roll < 22 ? Fate::changes_meaning
                  : roll < 25 ? Fate::refused_for_a_time
                              : Fate::fine;
      page.turn = day(100, 180);
      page.back = page.turn + hours(24 * 100);
      // Outages that the rule must bear: under 3 days of 404, under 7 of what passes; far enough
      // from each other and from what happens for good not to be flapping.
      for (int start = 20; start < 90; start += 25) {
        const Timestamp from = day(start, start + 5);
        const bool hard = random() % 3 == 0;
        page.outages.push_back({from, from + hours(1 + random() % (hard ? 71 : 167)),
                                hard ? LinkState::gone : LinkState::unreachable});
      }
      pages_.push_back(page);
    }
    for (const int start : {95, 200, 320}) {
      const Timestamp from = day(start, start + 2);
      own_.push_back({from, from + hours(24 + random() % (24 * 9)), LinkState::unreachable});
    }
  }

  std::size_t size() const { return pages_.size(); }
  const Page& page(std::size_t i) const { return pages_[i]; }

  bool down(Timestamp now) const {
    for (const Outage& outage : own_)
      if (now >= outage.from && now < outage.until) return true;
    return false;
  }

  void look(std::size_t i, Timestamp now, Verdict& verdict) const {
    const Page& page = pages_[i];
    LinkFinding& link = verdict.links.at(0);
    const bool struck = now >= page.turn;
    const bool over = now >= page.back;
    link.state = LinkState::ok;
    if (struck && (page.fate == Fate::dies || (page.fate == Fate::dies_and_returns && !over)))
      link.state = LinkState::gone;
    if (struck && page.fate == Fate::refused_for_a_time && !over) link.state = LinkState::refused;
    for (const Outage& outage : page.outages)
      if (now >= outage.from && now < outage.until) link.state = outage.state;
    if (down(now)) link.state = LinkState::unreachable;
    link.status = link.state == LinkState::ok        ? 200
                  : link.state == LinkState::gone    ? 404
                  : link.state == LinkState::refused ? 403
                                                     : 0;
    verdict.kind = link.state == LinkState::ok        ? VerdictKind::intact
                   : link.state == LinkState::refused ? VerdictKind::unverifiable
                                                      : VerdictKind::rotten;
    verdict.quote.state =
        link.state == LinkState::ok ? QuoteState::verbatim : QuoteState::unchecked;
    const bool drifted = page.fate == Fate::drifts || page.fate == Fate::changes_meaning;
    if (link.state != LinkState::ok || !struck || !drifted) return;
    verdict.kind = VerdictKind::drifted;
    verdict.quote.state = QuoteState::altered;
    verdict.quote.changes = {{page.fate == Fate::drifts ? ChangeKind::wording : ChangeKind::meaning,
                              "a", "b", 0, 1, 0, 1}};
  }

  Report check(const Document& document, Timestamp now) const {
    Report report;
    report.document = document;
    report.started_at = report.finished_at = now;
    for (const Citation& citation : document.citations) {
      Verdict verdict;
      verdict.citation_id = citation.id;
      LinkFinding link;
      for (const Source& source : document.sources)
        if (source.id == citation.sources.at(0)) link.url = source.urls.at(0);
      verdict.links = {link};
      look(static_cast<std::size_t>(std::stoul(citation.quote->substr(6))), now, verdict);
      report.verdicts.push_back(std::move(verdict));
    }
    return report;
  }

  // How often a citation must have been told to have come to that standing.
  std::map<std::string, int> truth(std::size_t i) const {
    switch (pages_[i].fate) {
      case Fate::fine:
        return {};
      case Fate::dies:
        return {{"dead", 1}};
      case Fate::dies_and_returns:
        return {{"dead", 1}, {"revived", 1}};
      case Fate::drifts:
      case Fate::changes_meaning:
        return {{"changed", 1}};
      case Fate::refused_for_a_time:
        return {{"refused", 2}, {"up", 1}};  // refused; after 30 days a person is asked; up again
    }
    return {};
  }

 private:
  std::vector<Page> pages_;
  std::vector<Outage> own_;
};

class Year : public testing::Test {
 protected:
  void SetUp() override {
    const fs::path root = fs::exists("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path();
    folder_ = root / ("loccit-year-" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string place() const { return (folder_ / "registry.db").string(); }

  void enroll(Registry& registry) const {
    for (int d = 0; d < documents_; ++d) {
      Document document;
      for (int c = 0; c < citations_; ++c) {
        const int page = d * citations_ + c;
        Source source;
        source.id = std::to_string(c + 1);
        source.kind = SourceKind::web;
        source.urls = {"http://host" + std::to_string(page % (documents_ * citations_ / 4 + 1)) +
                       ".test/" + std::to_string(page)};
        document.sources.push_back(source);
        Citation citation;
        citation.id = "c" + std::to_string(c + 1);
        citation.quote = "words " + std::to_string(page);
        citation.sources = {source.id};
        document.citations.push_back(citation);
      }
      ASSERT_TRUE(registry.enroll(document, "d" + std::to_string(d), new_year));
    }
  }

  // From `now` to the end of the year; every notice goes to `told`, a line with its key each.
  void live(Timestamp now) const {
    auto registry = Registry::open(place());
    ASSERT_TRUE(registry) << registry.error().message;
    std::ofstream told(folder_ / "told", std::ios::app);
    const WatchDesk desk{[&] { return now; },
                         [](const std::string&) { return fail(FailureKind::not_found, "no file"); },
                         [&](const Document& document, Look) -> Result<Report> {
                           return world_.check(document, now);
                         },
                         [&](const std::vector<std::string>&) { return !world_.down(now); }};
    while (now < year_end) {
      const auto round = watch_round(*registry, desk);
      ASSERT_TRUE(round) << round.error().message;
      const auto waiting = registry->waiting_notices(now);
      ASSERT_TRUE(waiting);
      for (const Notice& notice : *waiting) {
        told << notice.key << '\n' << std::flush;
        ASSERT_TRUE(registry->mark_sent(notice.id, now));
      }
      if (round->looked_at == 0) now = std::max(registry->next_due()->value(), now) + hours(1);
    }
  }

  void expect_the_truth() const {
    Sql sql = Sql::open(place());
    std::map<std::size_t, std::map<std::string, int>> notices;
    for (const SqlRow& row : sql.query("SELECT c.quote, n.text, n.kind FROM notice n JOIN citation "
                                       "c ON c.id = n.citation_id")) {
      const std::string text = row.text(1);
      const std::size_t arrow = text.find("→ ") + std::string("→ ").size();
      ++notices[std::stoul(row.text(0).substr(6))]
               [text.substr(arrow, text.find(':', arrow) - arrow)];
    }
    int wrong = 0;
    for (std::size_t page = 0; page < world_.size(); ++page) {
      if (notices[page] == world_.truth(page)) continue;
      if (++wrong > 5) continue;
      std::string found;
      for (const auto& [kind, times] : notices[page])
        found += " " + kind + " " + std::to_string(times);
      ADD_FAILURE() << "page " << page << " of fate " << static_cast<int>(world_.page(page).fate)
                    << " was told:" << found;
    }
    EXPECT_EQ(wrong, 0);
    // Each was sent; a kill between sending and noting it sends the same key once more, which is
    // how a receiver knows.
    std::ifstream told(folder_ / "told");
    std::set<std::string> keys;
    int lines = 0;
    for (std::string key; std::getline(told, key); ++lines) keys.insert(key);
    EXPECT_EQ(keys.size(),
              static_cast<std::size_t>(sql.query("SELECT count(*) FROM notice")[0].integer(0)));
    std::cout << sql.query("SELECT count(*) FROM citation_outcome")[0].integer(0) << " looks at "
              << world_.size() << " citations, " << keys.size() << " notices, "
              << lines - static_cast<int>(keys.size()) << " sent twice, " << wrong << " wrong\n";
  }

  const int documents_ = from_environment("LOCCIT_YEAR_DOCUMENTS", 4);
  const int citations_ = from_environment("LOCCIT_YEAR_CITATIONS", 12);
  World world_{documents_, citations_};
  fs::path folder_;
};

TEST_F(Year, EachTrueChangeIsToldOnceAndNoOutageIsTakenForRot) {
  {
    auto registry = Registry::open(place());
    ASSERT_TRUE(registry);
    enroll(*registry);
  }
  live(new_year);
  expect_the_truth();
}

TEST_F(Year, AlsoWhenTheWatchIsKilledAtRandomPoints) {
  {
    auto registry = Registry::open(place());
    ASSERT_TRUE(registry);
    enroll(*registry);
  }
  std::mt19937 random(9);
  const auto patience =
      static_cast<useconds_t>(from_environment("LOCCIT_YEAR_KILL_MS", 400)) * 1000;
  int kills = 0;
  for (bool done = false; !done;) {
    Timestamp now = new_year;
    {
      Sql sql = Sql::open(place());
      const auto row = sql.query("SELECT coalesce(max(finished_at), 0) FROM check_run")[0];
      now = std::max(now, Timestamp(std::chrono::microseconds(row.integer(0))));
    }
    const pid_t child = ::fork();
    if (child == 0) {
      live(now);
      ::_exit(HasFatalFailure() ? 1 : 0);
    }
    // Longer each time, so that it ends on any machine.
    ::usleep(static_cast<useconds_t>(random()) % patience +
             static_cast<useconds_t>(kills) * 10'000);
    ::kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    done = WIFEXITED(status);
    if (done) {
      ASSERT_EQ(WEXITSTATUS(status), 0);
    }
    kills += done ? 0 : 1;
  }
  std::cout << kills << " kills\n";
  expect_the_truth();
}

}  // namespace
}  // namespace loccit
