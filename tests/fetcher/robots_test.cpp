#include "fetcher/robots.h"

#include <gtest/gtest.h>

namespace loccit {
namespace {

bool allowed(std::string_view robots, std::string_view path) {
  return forbidding_rule(parse_robots(robots, "loccit"), path) == nullptr;
}

TEST(Robots, GivesTheLongestMatchThePrecedence) {
  constexpr std::string_view text =
      "User-Agent: loccit\n"
      "Allow: /example/page/\n"
      "Disallow: /example/page/disallowed.gif\n"
      "Disallow: /example/\n";
  EXPECT_TRUE(allowed(text, "/example/page/a"));
  EXPECT_FALSE(allowed(text, "/example/page/disallowed.gif"));
  EXPECT_FALSE(allowed(text, "/example/x"));
  EXPECT_TRUE(allowed(text, "/other"));
  EXPECT_TRUE(allowed("user-agent: *\ndisallow: /a\nallow: /a", "/a")) << "a tie is for allow";
}

TEST(Robots, ChoosesTheGroupByProductTokenAndElseTheStar) {
  constexpr std::string_view text =
      "User-agent: other\nDisallow: /\n\n"
      "User-agent: *\nDisallow: /all\n\n"
      "User-agent: foo\nUser-agent: LOCCIT/9.9\nDisallow: /ours\n\n"
      "User-agent: loccit\nDisallow: /more\n";
  EXPECT_FALSE(allowed(text, "/ours"));
  EXPECT_FALSE(allowed(text, "/more")) << "groups of the same name are one";
  EXPECT_TRUE(allowed(text, "/all"));
  EXPECT_TRUE(allowed("User-agent: loccitbot\nDisallow: /", "/")) << "another product";
  EXPECT_TRUE(allowed("User-agent: *\nDisallow: /\nUser-agent: loccit\nDisallow:", "/x"))
      << "named to be let in";
}

TEST(Robots, KnowsStarAndDollar) {
  constexpr std::string_view text =
      "User-agent: *\nDisallow: /*.gif$\nDisallow: /a*b*c\nDisallow: *private\nDisallow: /end$";
  EXPECT_FALSE(allowed(text, "/x/y.gif"));
  EXPECT_TRUE(allowed(text, "/x/y.gif?z"));
  EXPECT_FALSE(allowed(text, "/a-b-c-d"));
  EXPECT_TRUE(allowed(text, "/a-c-b"));
  EXPECT_FALSE(allowed(text, "/very/private/x"));
  EXPECT_FALSE(allowed(text, "/end"));
  EXPECT_TRUE(allowed(text, "/ends"));
  EXPECT_FALSE(allowed("user-agent:*\ndisallow:/$", "/"));
  EXPECT_TRUE(allowed("user-agent:*\ndisallow:/ab*ba$", "/aba")) << "the two ends may not overlap";
}

TEST(Robots, ComparesPathsInOnePercentEncoding) {
  EXPECT_FALSE(allowed("User-agent: *\nDisallow: /foo/bar/ツ", "/foo/bar/%E3%83%84"));
  EXPECT_FALSE(allowed("User-agent: *\nDisallow: /foo/bar/%e3%83%84", "/foo/bar/%E3%83%84"));
  EXPECT_FALSE(allowed("User-agent: *\nDisallow: /foo/bar/%62%61%7A", "/foo/bar/baz"));
  EXPECT_TRUE(allowed("User-agent: *\nDisallow: /a%2Fb", "/a/b"));
}

TEST(Robots, ReadsWhatPeopleWrite) {
  EXPECT_FALSE(allowed("\xEF\xBB\xBFUSER-AGENT : *  # all\r\n  DISALLOW :/x # no\r", "/x"));
  EXPECT_FALSE(
      allowed("User-agent: *\nCrawl-delay: 10\nSitemap: http://e.example/\nDisallow: /x", "/x"));
  EXPECT_TRUE(allowed("Disallow: /x", "/x")) << "no group, no rule";
  EXPECT_TRUE(allowed("<html>not found</html>", "/x"));
  EXPECT_TRUE(allowed("User-agent: *\nDisallow: /", "/robots.txt"));
}

TEST(Robots, TakesNoLongerForHostileRules) {
  std::string text = "user-agent: *\n";
  while (text.size() < robots_max_bytes) text += "disallow: /*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b$\n";
  EXPECT_TRUE(allowed(text, "/" + std::string(8'000, 'a')));
  EXPECT_TRUE(allowed(text + "disallow: /z", "/z")) << "past the limit nothing is read";
}

}  // namespace
}  // namespace loccit
