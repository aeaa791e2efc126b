#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "base/json.h"
#include "ci/reports.h"
#include "ci/sample_context.h"

namespace loccit {
namespace {

Json::Array issues(const Report& report, const ReportContext& context = {}) {
  std::ostringstream out;
  write_report(report, ReportFormat::codequality, out, context);
  const auto json = parse_json(out.str());
  EXPECT_TRUE(json) << json.error().message;
  return *json->as_array();
}

std::string text(const Json& issue, const char* member) { return *issue.find(member)->as_string(); }

TEST(CodeQuality, HasWhatGitLabAsksFor) {
  const auto all = issues(sample_report());
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(text(all[0], "description"), "c2: the source now says the opposite");
  EXPECT_EQ(text(all[0], "check_name"), "LC1001");
  EXPECT_EQ(text(all[0], "severity"), "major");
  EXPECT_EQ(text(*all[0].find("location"), "path"), "letters/my letter.txt");
  EXPECT_EQ(*all[0].find("location")->find("lines")->find("begin"), Json(9));
  EXPECT_EQ(text(all[3], "severity"), "info");
  // Where the document has no line, GitLab still wants one.
  EXPECT_EQ(*all[2].find("location")->find("lines")->find("begin"), Json(1));
}

TEST(CodeQuality, KeepsTheFingerprintOfAProblemThatMovedAndTellsEqualOnesApart) {
  Report report = sample_report();
  const std::string before = text(issues(report)[0], "fingerprint");
  report.document.citations[1].location.line = 99;
  report.verdicts[1].reason = "in other words";
  EXPECT_EQ(text(issues(report)[0], "fingerprint"), before);
  report.document.citations.push_back(report.document.citations[1]);
  report.verdicts.push_back(report.verdicts[1]);
  std::set<std::string> fingerprints;
  for (const Json& issue : issues(report)) fingerprints.insert(text(issue, "fingerprint"));
  EXPECT_EQ(fingerprints.size(), 5U);
}

TEST(CodeQuality, LeavesOutWhatHasAnExcuse) {
  EXPECT_EQ(issues(sample_report(), sample_context()).size(), 2U);
}

}  // namespace
}  // namespace loccit
