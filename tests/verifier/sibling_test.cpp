#include "verifier/sibling.h"

#include <gtest/gtest.h>

namespace loccit {
namespace {

Reading page(const std::string& title, const std::string& body,
             const std::string& url = "https://www.example.org/a") {
  Snapshot snapshot;
  Hop hop;
  hop.url = url;
  hop.status = 200;
  hop.headers = {{"Content-Type", "text/html; charset=utf-8"}};
  hop.body = Spool::of("<html><head><title>" + title + "</title></head><body><nav>Home News</nav>" +
                       "<main>" + body + "</main></body></html>");
  snapshot.exchange.hops.push_back(std::move(hop));
  return read_snapshot(snapshot, {});
}

TEST(SiblingUrl, IsAsDeepAndMadeUpWhereAnIdentifierCouldStand) {
  const auto steps = [](const std::string& url) { return std::count(url.begin(), url.end(), '/'); };
  for (const std::string url :
       {"https://example.org/news", "https://example.org/news/2020/04/a-statement",
        "https://example.org/a/b.html", "https://example.org/docs/7/"}) {
    const std::string sibling = sibling_url(url);
    EXPECT_EQ(steps(sibling), steps(url)) << sibling;
    EXPECT_EQ(sibling, sibling_url(url)) << "always the same";
  }
  EXPECT_EQ(sibling_url("https://example.org/news/2020/04/a").substr(0, 33),
            "https://example.org/news/no-such-");
  EXPECT_EQ(sibling_url("https://example.org/news/2020/04/a").find("2020"), std::string::npos);
  EXPECT_TRUE(sibling_url("https://example.org/a/b.html?x=1").ends_with(".html"));
  EXPECT_TRUE(sibling_url("https://example.org/docs/7/").ends_with("/"));
  EXPECT_TRUE(sibling_url("https://user:password@example.org/a").find("password") ==
              std::string::npos);
}

TEST(SiblingUrl, IsNoneForFrontPages) {
  for (const char* url : {"https://example.org/", "https://example.org/en/", "https://example.org",
                          "https://example.org/index.html", "no url"})
    EXPECT_EQ(sibling_url(url), "") << url;
  EXPECT_NE(sibling_url("https://example.org/?p=7"), "");
}

TEST(SamePage, IsOneWithTheSameTitleAndWords) {
  const std::string words =
      "<p>The article is not in this collection. Try the index of the year, or write to the keeper "
      "of the collection, who answers letters on every first Monday.</p>";
  const Reading cited = page("Collection", words + "<p>You asked for /a at 10:31</p>");
  const Reading made_up = page("Collection", words + "<p>You asked for /zebra at 10:32</p>",
                               "https://www.example.org/zebra");
  EXPECT_TRUE(is_same_page(cited, made_up));
  EXPECT_FALSE(is_same_page(cited, page("Other", words + "<p>You asked for /b at 10:32</p>")));
  EXPECT_FALSE(is_same_page(cited, page("Collection", "<p>Something else altogether.</p>")));
  EXPECT_TRUE(may_be_same(shape_of(cited), shape_of(made_up)));
}

TEST(SamePage, IsNotAnArticleOnASiteWithOneTitle) {
  const std::string article =
      "<p>The council met on Monday and heard the keeper of the lamps, who told it what had become "
      "of the road, of the boats and of all the people who live by them in winter.</p>";
  std::string lists;
  for (int i = 0; i < 100; ++i)
    lists += "<p>Entry " + std::to_string(i) + " of the collection of minutes and letters.</p>";
  EXPECT_FALSE(is_same_page(page("Collection", lists + article),
                            page("Collection", lists + "<p>Nothing was found here.</p>")));
}

TEST(SamePage, IsNoSignWhereTheSiteMendsTheAddress) {
  const Reading cited = page("Statement", "<p>The council met on Monday and on Tuesday.</p>");
  Reading mended = cited;
  mended.redirects = 1;
  EXPECT_FALSE(is_same_page(cited, mended));
}

TEST(SamePage, IsNoSignOnPagesWithHardlyAWord) {
  EXPECT_FALSE(is_same_page(page("App", "<p>Loading</p>"), page("App", "<p>Loading</p>")));
}

}  // namespace
}  // namespace loccit
