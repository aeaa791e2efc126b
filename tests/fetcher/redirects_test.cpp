#include "fetcher/redirects.h"

#include <gtest/gtest.h>

namespace loccit {
namespace {

Hop answer(int status, Headers headers, std::string body = "") {
  Hop hop;
  hop.status = status;
  hop.headers = std::move(headers);
  hop.body = Spool::of(std::move(body));
  return hop;
}

std::string next(const Hop& hop, std::string_view base = "https://a.example/d/e?f") {
  const auto target = redirect_of(hop, base);
  if (!target) return "malformed";
  return *target ? **target : "none";
}

TEST(Redirects, FollowTheFiveStatusesThatMeanOne) {
  for (int status : {301, 302, 303, 307, 308})
    EXPECT_EQ(next(answer(status, {{"location", "../x#y"}})), "https://a.example/x#y");
  for (int status : {200, 201, 300, 304, 305, 404})
    EXPECT_EQ(next(answer(status, {{"location", "/x"}})), "none") << status;
  EXPECT_EQ(next(answer(302, {})), "none");
}

TEST(Redirects, LeaveForeignSchemesToTheCaller) {
  EXPECT_EQ(next(answer(302, {{"Location", "file:///etc/passwd"}})), "file:///etc/passwd");
  EXPECT_EQ(next(answer(302, {{"Location", "http://[broken/"}})), "malformed");
}

TEST(Redirects, TakeRefreshOfAPageThatAnswersAndSendsOnWithinFiveSeconds) {
  EXPECT_EQ(next(answer(200, {{"Refresh", "0; url=/n"}})), "https://a.example/n");
  EXPECT_EQ(next(answer(200, {{"Refresh", "6; url=/n"}})), "none");
  EXPECT_EQ(next(answer(404, {{"Refresh", "0; url=/"}})), "none")
      << "a 404 that leads home is still a 404";
  const std::string meta = "<meta http-equiv=refresh content='1;url=n'>";
  EXPECT_EQ(next(answer(200, {{"Content-Type", "text/html"}}, meta)), "https://a.example/d/n");
  EXPECT_EQ(next(answer(200, {{"Content-Type", "text/plain"}}, meta)), "none");
  EXPECT_EQ(next(answer(200, {{"Content-Type", "text/html"}}, std::string(70'000, ' ') + meta)),
            "none");
}

TEST(Redirects, SeeThroughChunkedFraming) {
  const Hop hop =
      answer(200, {{"Content-Type", "text/html"}, {"Transfer-Encoding", "chunked"}},
             "b\r\n<meta http-\r\n21\r\nequiv=refresh content='1;url=/n'>\r\n0\r\n\r\n");
  EXPECT_EQ(next(hop), "https://a.example/n");
}

TEST(Redirects, TakeNoRefreshToThePageItselfOrOutOfTheWeb) {
  EXPECT_EQ(next(answer(200, {{"Refresh", "0; url=https://A.example/d/e?f#top"}})), "none");
  EXPECT_EQ(next(answer(200, {{"Refresh", "5"}})), "none");
  EXPECT_EQ(next(answer(200, {{"Refresh", "0; url=javascript:void(0)"}})), "none");
}

}  // namespace
}  // namespace loccit
