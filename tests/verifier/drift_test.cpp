// A page against its earlier snapshot.
#include "verifier/drift.h"

#include <gtest/gtest.h>

#include "verifier/readings.h"

namespace loccit {
namespace {

using testing::read_page;

const std::string passage = "The board does not recognise the vote that was held on 14 March.";
const std::string rest = " It thanks the fishermen for their patience, and meets again in May.";
const std::string other_rest = " It thanks the teachers for their patience, and meets in June.";

Verdict verdict_on(const std::optional<std::string>& quote, const Reading& now,
                   const Reading& earlier) {
  const Citation citation{.id = "c1", .quote = quote, .sources = {"1"}};
  const std::vector<Source> sources{{.id = "1", .kind = SourceKind::web}};
  const std::vector<CitedLink> links{{.url = "u", .reading = &now, .earlier = &earlier}};
  return judge(citation, sources, links, {});
}

TEST(Drift, IsNoneWhereOnlyMarkupAndTypographyChanged) {
  const Reading before = read_page(passage + rest);
  const Reading now = read_page(
      "<b>The&nbsp;board</b> does not recognise the vote, that was held "
      "on 14 March." +
      rest);
  const Verdict verdict = verdict_on(std::nullopt, now, before);
  EXPECT_EQ(verdict.links[0].drift, TextDrift::none);
  EXPECT_EQ(verdict.kind, VerdictKind::intact);
  EXPECT_NE(verdict.reason.find("has not changed"), std::string::npos) << verdict.reason;
}

TEST(Drift, TellsThePassageFromTheRestOfThePage) {
  const Reading before = read_page(passage + rest);
  const Verdict elsewhere = verdict_on(passage, read_page(passage + other_rest), before);
  EXPECT_EQ(elsewhere.links[0].drift, TextDrift::elsewhere);
  EXPECT_EQ(elsewhere.kind, VerdictKind::intact);
  EXPECT_NE(elsewhere.reason.find("but not in this passage"), std::string::npos);

  const Verdict touched = verdict_on(
      passage, read_page("The board does recognise the vote that was held on 14 March." + rest),
      before);
  EXPECT_EQ(touched.links[0].drift, TextDrift::passage);
  EXPECT_EQ(touched.kind, VerdictKind::drifted);
  EXPECT_NE(touched.reason.find("has changed since the last snapshot"), std::string::npos);
}

TEST(Drift, OfAPassageThatNeverStoodIsElsewhere) {
  const std::string never = "Nine sailors painted the lighthouse yellow during the long strike.";
  const Verdict verdict =
      verdict_on(never, read_page(passage + other_rest), read_page(passage + rest));
  EXPECT_EQ(verdict.links[0].drift, TextDrift::elsewhere);
}

TEST(Drift, IsTheWholeVerdictWithoutAQuote) {
  const Reading before = read_page(passage + rest);
  const Verdict some = verdict_on(std::nullopt, read_page(passage + other_rest), before);
  EXPECT_EQ(some.links[0].drift, TextDrift::elsewhere);
  EXPECT_EQ(some.kind, VerdictKind::intact);
  EXPECT_NE(some.reason.find("has changed since the last snapshot"), std::string::npos);
  const Verdict all = verdict_on(
      std::nullopt, read_page("A bakery is for sale. Ask the owner of the mill for the price."),
      before);
  EXPECT_EQ(all.kind, VerdictKind::drifted);
}

TEST(Drift, IsUnknownWhereThePageDoesNotAnswer) {
  const Reading before = read_page(passage + rest);
  const Reading gone = testing::read_exchange(
      testing::exchange_of({{.body = testing::html("Not here."), .status = 404}}));
  EXPECT_EQ(verdict_on(passage, gone, before).links[0].drift, TextDrift::unknown);
  EXPECT_EQ(verdict_on(passage, before, gone).links[0].drift, TextDrift::unknown);
}

}  // namespace
}  // namespace loccit
