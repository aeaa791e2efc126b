#include "checks/check.h"

#include <atomic>

#include <gtest/gtest.h>

#include "support/loopback_site.h"
#include "support/temp_dir.h"

namespace loccit {
namespace {

using testing::LoopbackSite;
using testing::SiteReply;
using testing::SiteRequest;

constexpr const char* words =
    "The lamps on the causeway are old, but they are sound, and nobody doubts it.";

std::string page(const std::string& language, const std::string& text,
                 const std::string& head = "") {
  return "<!DOCTYPE html><html lang=\"" + language + "\"><head><title>Lamps</title>" + head +
         "</head><body><main><p>" + text + "</p></main></body></html>";
}

Document citing(const std::vector<std::pair<std::string, std::string>>& urls_and_quotes) {
  Document document;
  for (const auto& [url, quote] : urls_and_quotes) {
    const std::string number = std::to_string(document.sources.size() + 1);
    document.sources.push_back(
        {.id = number, .label = number, .urls = {url}, .kind = SourceKind::web});
    document.citations.push_back({.id = "c" + number, .quote = quote, .sources = {number}});
  }
  return document;
}

Fetcher fetcher_for(const LoopbackSite& site) {
  FetchOptions options;
  options.connect_to = {site.connect_to()};
  options.allow_net = {"127.0.0.0/8"};
  options.delay = std::chrono::milliseconds(0);
  options.retries = 0;
  auto fetcher = Fetcher::create(options, system_clock());
  if (!fetcher) throw std::runtime_error(fetcher.error().message);
  return std::move(*fetcher);
}

std::size_t asked_for(const LoopbackSite& site, const std::string& target) {
  std::size_t times = 0;
  for (const SiteRequest& request : site.requests()) times += request.target == target ? 1U : 0U;
  return times;
}

// What must be the same in a check and in the verification after it.
std::string judged(const Report& report) {
  const Json json = report_to_json(report);
  return write_json(*json.find("citations"), JsonStyle::pretty);
}

class CheckOfADocument : public ::testing::Test {
 protected:
  Archive archive(ArchiveMode mode = ArchiveMode::write) {
    auto opened = Archive::open(folder_.path() / "archive", mode);
    if (!opened) throw std::runtime_error(opened.error().message);
    return std::move(*opened);
  }

  testing::TempDir folder_;
};

TEST_F(CheckOfADocument, FetchesASourceOnceHoweverOftenItIsCited) {
  const LoopbackSite site([](const SiteRequest&) { return SiteReply{.body = page("en", words)}; });
  std::vector<std::pair<std::string, std::string>> citations;
  for (int i = 0; i < 200; ++i)
    citations.emplace_back("http://a.example/lamps#" + std::to_string(i), words);
  Archive kept = archive();
  Fetcher fetcher = fetcher_for(site);
  const auto report = check(citing(citations), fetcher, kept, {});
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(summarize(*report).intact, 200U);
  EXPECT_EQ(asked_for(site, "/lamps"), 1U);
}

TEST_F(CheckOfADocument, ReachesTheSameVerdictsAgainWithoutTheNetwork) {
  const LoopbackSite site([](const SiteRequest& request) {
    if (request.target == "/moved") return testing::redirect_to("http://a.example/lamps", 301);
    if (request.target == "/lamps") return SiteReply{.body = page("en", words)};
    return SiteReply{.status = 404, .body = "<p>not here</p>"};
  });
  const Document document =
      citing({{"http://a.example/lamps", words},
              {"http://b.example/moved", words},
              {"http://c.example/gone", words},
              {"http://a.example/lamps", "The lamps on the causeway are new, but they are sound"},
              {"http://", words}});
  std::string checked;
  {
    Archive kept = archive();
    Fetcher fetcher = fetcher_for(site);
    const auto report = check(document, fetcher, kept, {});
    ASSERT_TRUE(report) << report.error().message;
    checked = judged(*report);
  }
  const auto again = verify(document, archive(ArchiveMode::read), {});
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(judged(*again), checked);
}

TEST_F(CheckOfADocument, AsksForThePageInTheLanguageOfTheQuote) {
  const std::string french =
      "Les lampes de la chaussée sont vieilles, mais elles sont solides, et personne n'en doute "
      "ici, ni le gardien ni les "
      "pêcheurs, qui passent sur la route tous les matins avant le lever du soleil.";
  const LoopbackSite site([&](const SiteRequest& request) {
    if (request.target == "/en") return SiteReply{.body = page("en", words)};
    return SiteReply{
        .body = page("fr", french, "<link rel=\"alternate\" hreflang=\"en\" href=\"/en\">")};
  });
  const Document document = citing({{"http://a.example/fr", words}});
  std::string checked;
  {
    Archive kept = archive();
    Fetcher fetcher = fetcher_for(site);
    const auto report = check(document, fetcher, kept, {});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->verdicts[0].kind, VerdictKind::intact) << report->verdicts[0].reason;
    EXPECT_EQ(asked_for(site, "/en"), 1U);
    checked = judged(*report);
  }
  const auto again = verify(document, archive(ArchiveMode::read), {});
  ASSERT_TRUE(again);
  EXPECT_EQ(judged(*again), checked);
}

TEST_F(CheckOfADocument, SaysWhetherAChangeOfThePageTouchesTheCitedPassage) {
  const std::string before = std::string(words) + " The ferry leaves at six in the morning.";
  const std::string elsewhere = std::string(words) + " The ferry leaves at noon, and again at ten.";
  const std::string touched =
      "The lamps on the causeway are new, but they are sound, and nobody doubts it. The ferry "
      "leaves at six in the morning.";
  std::string text = before;
  // A site that had this page at every address would be taken for one that answers anything.
  const LoopbackSite site([&](const SiteRequest& request) {
    if (request.target != "/lamps") return SiteReply{.status = 404};
    return SiteReply{.body = page("en", text)};
  });
  Document document = citing({{"http://a.example/lamps", words}, {"http://a.example/lamps", ""}});
  document.citations[1].quote.reset();
  const auto check_again = [&](const std::string& now) {
    text = now;
    std::string checked;
    std::vector<Verdict> verdicts;
    {
      Archive kept = archive();
      Fetcher fetcher = fetcher_for(site);
      auto report = check(document, fetcher, kept, {});
      if (!report) throw std::runtime_error(report.error().message);
      checked = judged(*report);
      verdicts = std::move(report->verdicts);
    }
    const auto verified = verify(document, archive(ArchiveMode::read), {});
    EXPECT_TRUE(verified && judged(*verified) == checked);
    return verdicts;
  };
  const auto drifts = [](const std::vector<Verdict>& verdicts) {
    return std::pair(verdicts[0].links[0].drift, verdicts[1].links[0].drift);
  };
  EXPECT_EQ(drifts(check_again(before)), std::pair(TextDrift::unknown, TextDrift::unknown));
  EXPECT_EQ(drifts(check_again(before)), std::pair(TextDrift::none, TextDrift::none));
  EXPECT_EQ(drifts(check_again(elsewhere)), std::pair(TextDrift::elsewhere, TextDrift::elsewhere));
  const std::vector<Verdict> last = check_again(touched);
  EXPECT_EQ(drifts(last), std::pair(TextDrift::passage, TextDrift::elsewhere));
  EXPECT_EQ(last[0].kind, VerdictKind::drifted);
  EXPECT_NE(last[0].reason.find("the passage has changed"), std::string::npos) << last[0].reason;
  EXPECT_EQ(last[1].kind, VerdictKind::intact);
  EXPECT_NE(last[1].reason.find("has changed since"), std::string::npos) << last[1].reason;
}

TEST_F(CheckOfADocument, SaysThatThereIsNoSnapshotInsteadOfCallingThePageGone) {
  archive();
  const auto report =
      verify(citing({{"http://a.example/never", words}}), archive(ArchiveMode::read), {});
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->verdicts[0].kind, VerdictKind::unverifiable);
  ASSERT_TRUE(report->verdicts[0].links[0].error);
  EXPECT_NE(report->verdicts[0].links[0].error->find("no snapshot"), std::string::npos);
}

TEST_F(CheckOfADocument, EndsAsCancelledOnceTheFetcherIsInterrupted) {
  std::atomic<Fetcher*> running = nullptr;
  const LoopbackSite site([&](const SiteRequest& request) {
    if (request.target == "/last") running.load()->interrupt();
    return SiteReply{.body = page("en", words)};
  });
  Archive kept = archive();
  Fetcher fetcher = fetcher_for(site);
  running = &fetcher;
  const auto report =
      check(citing({{"http://a.example/first", words}, {"http://b.example/last", words}}), fetcher,
            kept, {});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().kind, FailureKind::cancelled);
  for (const SnapshotRecord& record : kept.all())
    EXPECT_TRUE(kept.get(record)) << record.requested_url;
}

TEST_F(CheckOfADocument, TellsHowFarItIs) {
  const LoopbackSite site([](const SiteRequest&) { return SiteReply{.body = page("en", words)}; });
  Archive kept = archive();
  Fetcher fetcher = fetcher_for(site);
  CheckProgress last;
  const auto report =
      check(citing({{"http://a.example/1", words}, {"http://b.example/2", words}}), fetcher, kept,
            {}, [&](const CheckProgress& progress) { last = progress; });
  ASSERT_TRUE(report);
  EXPECT_EQ(last.urls_done, 2U);
  EXPECT_EQ(last.urls_total, 2U);
  EXPECT_EQ(last.citations_done, 2U);
}

}  // namespace
}  // namespace loccit
