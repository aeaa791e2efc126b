// The second check of a document: what has not changed is not sent again, and what an interrupted
// check has fetched is not fetched again.
#include <atomic>

#include <gtest/gtest.h>

#include "checking.h"

namespace loccit {
namespace {

using namespace testing;

constexpr const char* words = "The lamps on the causeway are old, but they are sound";

Report must_check(const Document& document, const LoopbackSite& site, const TempDir& folder) {
  Archive archive = archive_in(folder);
  Fetcher fetcher = fetcher_for(site);
  auto report = check(document, fetcher, archive, {});
  if (!report) throw std::runtime_error(report.error().message);
  return std::move(*report);
}

// Answers 304 to whom holds the newest version.
class VersionedPage {
 public:
  SiteReply answer(const SiteRequest& request) const {
    const std::string tag = "\"v" + std::to_string(version) + "\"";
    if (request.header("If-None-Match") == tag)
      return {.status = 304, .body = {}, .headers = {{"ETag", tag}}};
    return {.body = html_page("Lamps", text), .headers = {{"ETag", tag}}};
  }
  std::atomic<int> version = 1;
  std::string text = words;
};

TEST(CheckedAgain, APageThatHasNotChangedIsARevisit) {
  VersionedPage page;
  const LoopbackSite site([&](const SiteRequest& request) {
    return request.target == "/lamps" ? page.answer(request) : SiteReply{.status = 404};
  });
  const TempDir folder;
  const Document document = citing({{"http://a.example/lamps", words}});
  const Report first = must_check(document, site, folder);
  for (int again = 0; again < 2; ++again) {
    const Report report = must_check(document, site, folder);
    EXPECT_EQ(report.verdicts[0].kind, VerdictKind::intact) << report.verdicts[0].reason;
    const LinkFinding& link = report.verdicts[0].links[0];
    ASSERT_TRUE(link.snapshot);
    EXPECT_EQ(link.status, 200);
    EXPECT_EQ(link.state, LinkState::ok);
    EXPECT_EQ(link.drift, TextDrift::none);
    EXPECT_EQ(link.snapshot->revisit_of, first.verdicts[0].links[0].snapshot->id);
    EXPECT_EQ(link.snapshot->sha256, first.verdicts[0].links[0].snapshot->sha256);
    EXPECT_NE(link.snapshot->id, first.verdicts[0].links[0].snapshot->id);
  }
  EXPECT_EQ(site.requests().back().header("If-None-Match"), "\"v1\"");
  const auto offline = verify(document, archive_in(folder, ArchiveMode::read), {});
  ASSERT_TRUE(offline);
  EXPECT_EQ(offline->verdicts[0].kind, VerdictKind::intact);
}

TEST(CheckedAgain, APageThatHasChangedIsFetchedWhole) {
  VersionedPage page;
  const LoopbackSite site([&](const SiteRequest& request) {
    return request.target == "/lamps" ? page.answer(request) : SiteReply{.status = 404};
  });
  const TempDir folder;
  const Document document = citing({{"http://a.example/lamps", words}});
  must_check(document, site, folder);
  page.text = "Something else is written here now, and nobody knows by whom or when it was";
  page.version = 2;
  EXPECT_EQ(must_check(document, site, folder).verdicts[0].kind, VerdictKind::drifted);
  page.text = words;  // back to the old words under a new tag: a revisit of the first capture
  page.version = 3;
  EXPECT_EQ(must_check(document, site, folder).verdicts[0].kind, VerdictKind::intact);
  // "Not modified" now speaks of the first version, though another was fetched whole since.
  const Report last = must_check(document, site, folder);
  EXPECT_EQ(last.verdicts[0].kind, VerdictKind::intact) << last.verdicts[0].reason;
}

TEST(CheckedAgain, ValidatorsGoToTheUrlThatGaveThemAlone) {
  VersionedPage page;
  const LoopbackSite site([&](const SiteRequest& request) {
    if (request.target == "/old") return redirect_to("/lamps", 301);
    return request.target == "/lamps" ? page.answer(request) : SiteReply{.status = 404};
  });
  const TempDir folder;
  const Document document = citing({{"http://a.example/old", words}});
  must_check(document, site, folder);
  const Report again = must_check(document, site, folder);
  EXPECT_EQ(again.verdicts[0].kind, VerdictKind::intact) << again.verdicts[0].reason;
  EXPECT_EQ(again.verdicts[0].links[0].state, LinkState::moved);
  for (const SiteRequest& request : site.requests())
    EXPECT_TRUE(request.target == "/lamps" || request.header("If-None-Match").empty());
  EXPECT_EQ(site.requests().back().header("If-None-Match"), "\"v1\"");
}

TEST(InterruptedCheck, GoesOnWhereItStopped) {
  std::atomic<Fetcher*> running = nullptr;
  const LoopbackSite site([&](const SiteRequest& request) {
    Fetcher* fetcher = running;
    if (request.target == "/last" && fetcher != nullptr) fetcher->interrupt();
    return request.target == "/robots.txt" ? SiteReply{.status = 404}
                                           : SiteReply{.body = html_page("Lamps", words)};
  });
  const TempDir folder;
  // One host at a time, so that the last comes last.
  const Document document = citing({{"http://a.example/first", words},
                                    {"http://a.example/second", words},
                                    {"http://a.example/last", words}});
  {
    Archive archive = archive_in(folder);
    FetchOptions options;
    options.connect_to = {site.connect_to()};
    options.allow_net = {"127.0.0.0/8"};
    options.delay = std::chrono::milliseconds(0);
    options.per_host = 1;
    options.use_proxies = false;
    auto fetcher = Fetcher::create(options, system_clock());
    ASSERT_TRUE(fetcher);
    running = &*fetcher;
    const auto cut_short = check(document, *fetcher, archive, {});
    ASSERT_FALSE(cut_short);
    EXPECT_EQ(cut_short.error().kind, FailureKind::cancelled);
    running = nullptr;
  }
  std::size_t resumed = 0;
  {
    Archive archive = archive_in(folder);
    Fetcher fetcher = fetcher_for(site);
    const auto report = check(document, fetcher, archive, {}, [&](const CheckProgress& progress) {
      resumed = progress.urls_resumed;
    });
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(summarize(*report).intact, 3U);
  }
  EXPECT_EQ(resumed, 2U);
  EXPECT_EQ(asked_for(site, "/first"), 1U);
  EXPECT_EQ(asked_for(site, "/second"), 1U);
  must_check(document, site, folder);
  EXPECT_EQ(asked_for(site, "/first"), 2U) << "a check after one that ended begins anew";
}

TEST(InterruptedCheck, IsNoBusinessOfAnotherDocument) {
  const LoopbackSite site(
      [](const SiteRequest&) { return SiteReply{.body = html_page("Lamps", words)}; });
  const TempDir folder;
  {
    Archive archive = archive_in(folder);
    Fetcher fetcher = fetcher_for(site);
    fetcher.interrupt();
    EXPECT_FALSE(check(citing({{"http://a.example/1", words}}), fetcher, archive, {}));
  }
  must_check(citing({{"http://a.example/2", words}}), site, folder);
  EXPECT_EQ(asked_for(site, "/2"), 1U);
}

}  // namespace
}  // namespace loccit
