// The examples of RFC 7089 §4, asked of an archive with two answers and one failure of one source.
#include "web/memento.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "web/shelf.h"

namespace loccit {
namespace {

using testing::cited_url;
using testing::Shelf;

class Memento : public ::testing::Test {
 protected:
  WebResponse get(const std::string& path, Headers headers = {}) {
    return shelf.get(site, path + cited_url, std::move(headers));
  }
  static std::string header(const WebResponse& response, const char* name) {
    return std::string(header_value(response.headers, name));
  }
  std::string base = "http://localhost:8090";
  Shelf shelf;
  Site site{*shelf.library, {}};
};

TEST_F(Memento, TheTimeGateLeadsToTheAnswerNearestToTheTimeAskedFor) {
  const auto at = [&](const char* date) {
    return header(get("/timegate/", {{"Accept-Datetime", date}}), "Location");
  };
  const std::string first = base + "/memento/20260101000000/" + cited_url;
  const std::string second = base + "/memento/20260201000000/" + cited_url;
  EXPECT_EQ(at("Tue, 11 Sep 2001 20:35:00 GMT"), first) << "before all of them: the first";
  EXPECT_EQ(at("Fri, 02 Jan 2026 00:00:00 GMT"), first);
  EXPECT_EQ(at("Sat, 31 Jan 2026 00:00:00 GMT"), second);
  EXPECT_EQ(header(get("/timegate/"), "Location"), second) << "no time: the newest";
}

TEST_F(Memento, TheTimeGateSaysThatItVariesByTimeAndWhatThereIs) {
  const WebResponse response =
      get("/timegate/", {{"Accept-Datetime", "Fri, 02 Jan 2026 00:00:00 GMT"}});
  EXPECT_EQ(response.status, 302);
  EXPECT_EQ(header(response, "Vary"), "accept-datetime");
  const std::string links = header(response, "Link");
  EXPECT_NE(links.find(std::string("<") + cited_url + ">; rel=\"original\""), std::string::npos);
  EXPECT_NE(links.find("rel=\"timemap\"; type=\"application/link-format\""), std::string::npos);
  EXPECT_NE(links.find("rel=\"first memento\"; datetime=\"Thu, 01 Jan 2026 00:00:00 GMT\""),
            std::string::npos)
      << links;
  EXPECT_EQ(header(response, "Memento-Datetime"), "") << "a TimeGate is no memento";
}

TEST_F(Memento, ATimeThatCannotBeReadIsABadRequest) {
  EXPECT_EQ(get("/timegate/", {{"Accept-Datetime", "yesterday"}}).status, 400);
}

TEST_F(Memento, AMementoSaysItsTimeAndIsShownInASandbox) {
  const WebResponse response = get("/memento/20260101000000/");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(header(response, "Memento-Datetime"), "Thu, 01 Jan 2026 00:00:00 GMT");
  EXPECT_NE(header(response, "Link").find("rel=\"timegate\""), std::string::npos);
  EXPECT_TRUE(header(response, "Content-Security-Policy").starts_with("sandbox;"));
  EXPECT_NE(response.body.find("The harbour is not open."), std::string::npos);
}

TEST_F(Memento, ATimeBetweenLeadsToTheMementosOwnAddress) {
  const WebResponse response = get("/memento/20260102/");
  EXPECT_EQ(response.status, 302);
  EXPECT_EQ(header(response, "Location"), base + "/memento/20260101000000/" + cited_url);
}

TEST_F(Memento, TheTimeMapListsAnswersAndNoFailures) {
  const WebResponse response = get("/timemap/link/");
  EXPECT_EQ(response.media_type, "application/link-format");
  EXPECT_NE(response.body.find("rel=\"self\"; type=\"application/link-format\"; from=\"Thu, 01 Jan "
                               "2026 00:00:00 GMT\"; until=\"Sun, 01 Feb 2026 00:00:00 GMT\""),
            std::string::npos)
      << response.body;
  const Json map = *parse_json(get("/timemap/json/").body);
  EXPECT_EQ(map.find("mementos")->find("list")->as_array()->size(), 2U);
}

TEST_F(Memento, WhatWasNeverArchivedIsNotFound) {
  for (const char* path : {"/timegate/", "/timemap/link/", "/memento/20260101000000/"})
    EXPECT_EQ(shelf.get(site, std::string(path) + "https://other.example/").status, 404) << path;
}

}  // namespace
}  // namespace loccit
