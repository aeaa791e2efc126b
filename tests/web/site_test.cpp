#include "web/site.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "base/percent_encoding.h"
#include "web/shelf.h"

namespace loccit {
namespace {

using testing::Shelf;

class TheSite : public ::testing::Test {
 protected:
  WebResponse get(const std::string& target, Headers headers = {}) {
    return shelf.get(site, target, std::move(headers));
  }
  std::string header(const WebResponse& response, const char* name) {
    return std::string(header_value(response.headers, name));
  }
  std::string uuid(const SnapshotRecord& record) { return record.id.substr(9); }

  Shelf shelf;
  Site site{*shelf.library, {}};
};

TEST_F(TheSite, ListsDocumentsAndTakesNoTitleForMarkup) {
  const WebResponse page = get("/");
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("A letter &lt;script&gt;"), std::string::npos) << page.body;
  EXPECT_EQ(page.body.find("<script"), std::string::npos);
  EXPECT_NE(page.body.find("/document?name=letters%2Fguild%20%26%20sons.txt"), std::string::npos);
}

TEST_F(TheSite, ShowsADocumentWithItsCitationsAndChecks) {
  const WebResponse page = get("/document?name=letters%2Fguild+%26%20sons.txt");
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("Statement on the harbour"), std::string::npos);
  EXPECT_NE(page.body.find("2026-02-01"), std::string::npos);
  EXPECT_EQ(get("/document?name=letters%2Fguild+%26%20sons.txt&verdict=rotten")
                .body.find("Statement on the harbour"),
            std::string::npos)
      << "the filter holds";
  EXPECT_EQ(get("/document?name=unknown").status, 404);
}

TEST_F(TheSite, ShowsACitationWithTheDifferingWordsMarkedAndWhenItStood) {
  const WebResponse page = get("/citation/1");
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("<del class=\"meaning\">"), std::string::npos) << page.body;
  EXPECT_NE(page.body.find("gone on"), std::string::npos);
  EXPECT_NE(page.body.find("/snapshot/" + uuid(shelf.second)), std::string::npos);
  const WebResponse earlier = get("/citation/1?check=1");
  EXPECT_EQ(earlier.body.find("<del class=\"meaning\">"), std::string::npos);
  EXPECT_NE(earlier.body.find("/snapshot/" + uuid(shelf.first)), std::string::npos);
  EXPECT_EQ(get("/citation/99").status, 404);
}

TEST_F(TheSite, ShowsASnapshotWithThePassageMarked) {
  const WebResponse page = get("/snapshot/" + uuid(shelf.first) + "?begin=4&end=11");
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("The <mark id=\"passage\">harbour</mark> is not open."),
            std::string::npos)
      << page.body;
  EXPECT_NE(page.body.find("HTTP/1.1 200 OK"), std::string::npos);
  EXPECT_NE(page.body.find("<iframe class=\"frame\" sandbox "), std::string::npos);
  EXPECT_EQ(get("/snapshot/" + uuid(shelf.first) + "/text").body, "The harbour is not open.");
  EXPECT_EQ(get("/snapshot/" + uuid(shelf.second) + "/payload").body, Shelf::hostile_page);
  EXPECT_EQ(get("/snapshot/none").status, 404);
}

TEST_F(TheSite, BoundsAPassageThatLiesOutsideOfTheText) {
  for (const char* range : {"?begin=0&end=99999999999999", "?begin=9999&end=99999",
                            "?begin=5&end=2", "?begin=-1&end=4", "?begin=x&end=y"}) {
    EXPECT_EQ(get("/snapshot/" + uuid(shelf.first) + range).status, 200) << range;
  }
}

TEST_F(TheSite, ReplaysAPageInASandboxThatLeadsNowhere) {
  const WebResponse page = get("/replay/" + uuid(shelf.second));
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(header(page, "Content-Security-Policy").starts_with("sandbox;"));
  EXPECT_NE(header(page, "Content-Security-Policy").find("default-src 'none'"), std::string::npos);
  EXPECT_EQ(page.media_type, "text/html; charset=utf-8");
  EXPECT_NE(page.body.find("The harbour is open."), std::string::npos);
  for (const char* lead : {"<base", "<LINK", "<meta"})
    EXPECT_EQ(page.body.find(lead), std::string::npos) << lead;
}

TEST_F(TheSite, SearchesInDocumentsAndCitations) {
  EXPECT_NE(get("/search?q=harbour").body.find("Statement on the harbour"), std::string::npos);
  EXPECT_NE(get("/search?q=guild.example").body.find("Statement on the harbour"),
            std::string::npos);
  EXPECT_NE(get("/search?q=zzz").body.find("Nothing holds these words"), std::string::npos);
  EXPECT_EQ(get("/search?q=%3Cscript%3E").body.find("<script"), std::string::npos);
}

TEST_F(TheSite, KeepsEveryAnswerFromHarm) {
  for (const char* target : {"/", "/changes", "/assets/web.css", "/api/v1/documents", "/metrics",
                             "/nothing", "/healthz", "/replay/none"}) {
    const WebResponse response = get(target);
    EXPECT_NE(header(response, "Content-Security-Policy").find("default-src 'none'"),
              std::string::npos)
        << target;
    EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff") << target;
    EXPECT_EQ(header(response, "Referrer-Policy"), "no-referrer") << target;
  }
}

TEST_F(TheSite, OnlyReads) {
  WebRequest request;
  request.headers = {{"Host", "localhost"}};
  for (const char* method : {"POST", "PUT", "DELETE", "TRACE"}) {
    request.method = method;
    EXPECT_EQ(site.answer(request).status, 405) << method;
  }
}

TEST_F(TheSite, DoesNotAnswerForAnotherHost) {
  Site guarded(*shelf.library, {.access = {.hosts = {"127.0.0.1"}}});
  EXPECT_EQ(shelf.get(guarded, "/", {{"Host", "evil.example"}}).status, 421);
  EXPECT_EQ(shelf.get(guarded, "/", {{"Host", "127.0.0.1:8090"}}).status, 200);
  EXPECT_EQ(shelf.get(guarded, "/", {{"Host", "[::1]:8090"}}).status, 200);
}

TEST_F(TheSite, AsksForTheTokenWhereThereIsOne) {
  Site guarded(*shelf.library, {.access = {.token = "s3cret"}});
  EXPECT_EQ(shelf.get(guarded, "/").status, 401);
  EXPECT_EQ(shelf.get(guarded, "/replay/" + uuid(shelf.first)).status, 401);
  EXPECT_EQ(shelf.get(guarded, "/healthz").status, 200);
  EXPECT_EQ(shelf.get(guarded, "/", {{"Authorization", "Bearer s3cret"}}).status, 200);
  EXPECT_EQ(shelf.get(guarded, "/", {{"Authorization", "Bearer s3cre"}}).status, 401);
  EXPECT_EQ(shelf.get(guarded, "/", {{"Cookie", "a=b; loccit_token=s3cret"}}).status, 200);

  WebRequest login;
  login.method = "POST";
  login.path = "/login";
  login.headers = {{"Host", "localhost"}};
  login.body = "token=wrong";
  EXPECT_EQ(guarded.answer(login).status, 403);
  login.body = "token=s3cret";
  const WebResponse signed_in = guarded.answer(login);
  EXPECT_EQ(signed_in.status, 303);
  const std::string cookie = header(signed_in, "Set-Cookie");
  EXPECT_NE(cookie.find("HttpOnly"), std::string::npos);
  EXPECT_NE(cookie.find("SameSite=Strict"), std::string::npos);
}

TEST_F(TheSite, SpeaksJsonToPrograms) {
  const auto json = [&](const std::string& target) { return *parse_json(get(target).body); };
  const Json documents = json("/api/v1/documents");
  ASSERT_EQ(documents.find("documents")->as_array()->size(), 1U);
  EXPECT_EQ(*documents.find("documents")->as_array()->at(0).find("checks")->as_integer(), 2);
  const Json citation = json("/api/v1/citations/1");
  EXPECT_EQ(citation.find("checks")->as_array()->size(), 2U);
  EXPECT_EQ(*citation.find("verdict")->as_string(), "drifted");
  EXPECT_EQ(citation.find("stood")->as_array()->size(), 1U);
  EXPECT_EQ(json("/api/v1/snapshots?url=" + percent_encoded(testing::cited_url))
                .find("snapshots")
                ->as_array()
                ->size(),
            3U);
  EXPECT_EQ(get("/api/v1/snapshots").status, 400);
  EXPECT_EQ(get("/api/v1/citations?standing=asleep").status, 400);
  EXPECT_EQ(get("/api/v1/nothing").status, 404);
  EXPECT_NE(json("/api/v1/openapi.json").find("paths"), nullptr);
}

TEST_F(TheSite, CountsItsAnswersForPrometheus) {
  get("/");
  get("/nothing");
  const std::string text = get("/metrics").body;
  EXPECT_NE(text.find("loccit_http_responses_total{class=\"4xx\"} 1\n"), std::string::npos) << text;
  EXPECT_NE(text.find("loccit_citations{standing="), std::string::npos);
}

}  // namespace
}  // namespace loccit
