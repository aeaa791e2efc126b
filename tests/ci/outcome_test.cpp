#include "ci/outcome.h"

#include <gtest/gtest.h>

namespace loccit {
namespace {

Report with(VerdictKind kind) {
  Report report;
  report.document.citations = {{.id = "c1"}};
  report.verdicts = {{.citation_id = "c1", .kind = kind}};
  return report;
}

TEST(FailOn, ReadsAListOfVerdicts) {
  const auto kinds = parse_fail_on("drifted, rotten");
  ASSERT_TRUE(kinds);
  EXPECT_EQ(*kinds, (std::vector<VerdictKind>{VerdictKind::drifted, VerdictKind::rotten}));
}

TEST(FailOn, NeverFailsForNone) {
  EXPECT_TRUE(parse_fail_on("none")->empty());
  EXPECT_TRUE(parse_fail_on("")->empty());
}

TEST(FailOn, NamesTheWordItDoesNotKnow) {
  for (const char* list : {"drifted,rotted", "drifted,", "verbatim"}) {
    const auto kinds = parse_fail_on(list);
    ASSERT_FALSE(kinds) << list;
    EXPECT_NE(kinds.error().message.find("unverifiable"), std::string::npos);
  }
}

TEST(Outcome, IsOneOnlyForAVerdictOnTheList) {
  EXPECT_EQ(outcome(with(VerdictKind::rotten), {VerdictKind::rotten}), ExitCode::found);
  EXPECT_EQ(outcome(with(VerdictKind::drifted), {VerdictKind::rotten}), ExitCode::fine);
  EXPECT_EQ(outcome(with(VerdictKind::drifted), {}), ExitCode::fine);
  EXPECT_EQ(outcome(Report{}, {VerdictKind::rotten}), ExitCode::fine);
}

}  // namespace
}  // namespace loccit
