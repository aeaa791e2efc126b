#include "checks/plan.h"

#include <gtest/gtest.h>

namespace loccit {
namespace {

Source web(const char* id, std::vector<std::string> urls) {
  return {.id = id, .label = id, .urls = std::move(urls), .kind = SourceKind::web};
}

TEST(PlanOfFetches, NamesEachUrlOnceHoweverOftenItIsCited) {
  Document document;
  document.sources = {web("1", {"https://a.example/x#part", "https://b.example/"}),
                      web("2", {"HTTPS://A.example/x"})};
  document.citations = {{.id = "c1", .sources = {"1"}},
                        {.id = "c2", .sources = {"2"}},
                        {.id = "c3", .sources = {"1", "2"}}};
  const Plan plan = plan_fetches(document);
  ASSERT_EQ(plan.urls.size(), 2U);
  EXPECT_EQ(plan.urls[0].url, "https://a.example/x");
  EXPECT_EQ(plan.urls[0].citations, (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_EQ(plan.urls[1].citations, (std::vector<std::size_t>{0, 2}));
}

TEST(PlanOfFetches, KeepsTheLinkAsItWasCited) {
  Document document;
  document.sources = {web("1", {"https://a.example/x#part"})};
  document.citations = {{.id = "c1", .sources = {"1"}}};
  const Plan plan = plan_fetches(document);
  ASSERT_EQ(plan.links[0].size(), 1U);
  EXPECT_EQ(plan.links[0][0].cited, "https://a.example/x#part");
}

TEST(PlanOfFetches, GivesNoLinkToASourceWithoutAUrl) {
  Document document;
  document.sources = {{.id = "1", .kind = SourceKind::account}};
  document.citations = {{.id = "c1", .sources = {"1"}}};
  const Plan plan = plan_fetches(document);
  EXPECT_TRUE(plan.urls.empty());
  EXPECT_TRUE(plan.links[0].empty());
  EXPECT_EQ(plan.sources[0][0].kind, SourceKind::account);
}

TEST(PlanOfFetches, PlansAUrlThatDoesNotParseAsItStands) {
  Document document;
  document.sources = {web("1", {"http://"})};
  document.citations = {{.id = "c1", .sources = {"1"}}};
  EXPECT_EQ(plan_fetches(document).urls.at(0).url, "http://");
}

}  // namespace
}  // namespace loccit
