// What a page alone does not show: the site answers every address alike, or leads many to one page.
#include <gtest/gtest.h>

#include "checking.h"

namespace loccit {
namespace {

using namespace testing;

constexpr const char* words = "The lamps on the causeway are old, but they are sound";
const std::string catch_all =
    html_page("Harbour office",
              "The harbour office opens at nine and closes at five on every day of the week");

// Checks, expects `verify` to agree, and gives the verdicts.
std::vector<Verdict> verdicts_of(const Document& document, const LoopbackSite& site) {
  const TempDir folder;
  std::string checked;
  std::vector<Verdict> verdicts;
  {
    Archive archive = archive_in(folder);
    Fetcher fetcher = fetcher_for(site);
    const auto report = check(document, fetcher, archive, {});
    if (!report) throw std::runtime_error(report.error().message);
    verdicts = report->verdicts;
    checked = citations_of(*report);
  }
  const auto again = verify(document, archive_in(folder, ArchiveMode::read), {});
  EXPECT_TRUE(again && citations_of(*again) == checked) << "verify disagrees with check";
  return verdicts;
}

std::size_t made_up_requests(const LoopbackSite& site) {
  std::size_t count = 0;
  for (const SiteRequest& request : site.requests())
    count += request.target.find("/no-such-") != std::string::npos ? 1U : 0U;
  return count;
}

TEST(Siblings, TellASiteThatAnswersEveryAddressAlike) {
  const LoopbackSite site([](const SiteRequest& request) {
    return request.target == "/robots.txt" ? SiteReply{.status = 404}
                                           : SiteReply{.body = catch_all};
  });
  const auto verdicts = verdicts_of(citing({{"http://a.example/news/2020/lamps", words},
                                            {"http://a.example/news/2021/boats", ""},
                                            {"http://a.example/", ""}}),
                                    site);
  EXPECT_EQ(verdicts[0].links[0].state, LinkState::soft404) << verdicts[0].reason;
  EXPECT_EQ(verdicts[0].kind, VerdictKind::rotten);
  EXPECT_NE(verdicts[0].reason.find("made up"), std::string::npos) << verdicts[0].reason;
  EXPECT_EQ(verdicts[1].links[0].state, LinkState::soft404) << verdicts[1].reason;
  EXPECT_EQ(verdicts[2].links[0].state, LinkState::ok) << "a front page is what it is";
  EXPECT_EQ(made_up_requests(site), 1U) << "asked once per host";
}

TEST(Siblings, AreNotAskedForWhereTheWordsStand) {
  const LoopbackSite site(
      [](const SiteRequest&) { return SiteReply{.body = html_page("Lamps", words)}; });
  const auto verdicts = verdicts_of(citing({{"http://a.example/lamps", words}}), site);
  EXPECT_EQ(verdicts[0].kind, VerdictKind::intact) << verdicts[0].reason;
  EXPECT_EQ(made_up_requests(site), 0U);
}

TEST(Siblings, ClearAPageOfASiteThatKnowsWhatItHas) {
  const LoopbackSite site([](const SiteRequest& request) {
    if (request.target == "/lamps") return SiteReply{.body = catch_all};
    return SiteReply{.status = 404, .body = "<p>not here</p>"};
  });
  const auto verdicts = verdicts_of(
      citing({{"http://a.example/lamps", words}, {"http://a.example/lamps", ""}}), site);
  EXPECT_EQ(verdicts[0].kind, VerdictKind::drifted) << verdicts[0].reason;
  EXPECT_EQ(verdicts[0].links[0].state, LinkState::ok);
  EXPECT_EQ(verdicts[1].kind, VerdictKind::intact) << verdicts[1].reason;
  EXPECT_EQ(made_up_requests(site), 1U);
}

TEST(Siblings, DoNotAccuseASiteThatKnowsPagesByNumber) {
  const LoopbackSite site([](const SiteRequest& request) {
    if (request.target.find("/12345/") != std::string::npos)
      return SiteReply{.body = catch_all};  // whatever words follow the number
    return SiteReply{.status = 404};
  });
  const auto verdicts = verdicts_of(citing({{"http://a.example/news/12345/lamps", ""}}), site);
  EXPECT_EQ(verdicts[0].kind, VerdictKind::intact) << verdicts[0].reason;
}

TEST(OneTarget, OfManyDeepLinksIsWhereTheSiteSendsWhatItHasLost) {
  const LoopbackSite site([](const SiteRequest& request) {
    if (request.target == "/archive/overview") return SiteReply{.body = catch_all};
    if (request.target.size() == 6 && request.target.find("/old/") == 0)
      return redirect_to("/archive/overview", 301);
    return SiteReply{.status = 404};
  });
  const auto verdicts = verdicts_of(citing({{"http://a.example/old/1", ""},
                                            {"http://a.example/old/2", words},
                                            {"http://a.example/old/3", ""}}),
                                    site);
  for (const Verdict& verdict : verdicts) {
    EXPECT_EQ(verdict.links[0].state, LinkState::soft404) << verdict.reason;
    EXPECT_NE(verdict.reason.find("3 cited addresses"), std::string::npos) << verdict.reason;
  }
}

TEST(OneTarget, OfTwoLinksIsAPageThatMoved) {
  const LoopbackSite site([](const SiteRequest& request) {
    if (request.target == "/report") return SiteReply{.body = html_page("Report", words)};
    if (request.target.size() == 6 && request.target.find("/old/") == 0)
      return redirect_to("/report", 301);
    return SiteReply{.status = 404};
  });
  const auto verdicts =
      verdicts_of(citing({{"http://a.example/old/1", ""}, {"http://a.example/old/2", ""}}), site);
  for (const Verdict& verdict : verdicts)
    EXPECT_EQ(verdict.links[0].state, LinkState::moved) << verdict.reason;
}

TEST(OneTarget, IsThePageWhereTheWordsStand) {
  const LoopbackSite site([](const SiteRequest& request) {
    if (request.target == "/report") return SiteReply{.body = html_page("Report", words)};
    if (request.target.size() == 6 && request.target.find("/old/") == 0)
      return redirect_to("/report", 301);
    return SiteReply{.status = 404};
  });
  const auto verdicts = verdicts_of(citing({{"http://a.example/old/1", words},
                                            {"http://a.example/old/2", words},
                                            {"http://a.example/old/3", words}}),
                                    site);
  for (const Verdict& verdict : verdicts) EXPECT_EQ(verdict.kind, VerdictKind::intact);
}

}  // namespace
}  // namespace loccit
