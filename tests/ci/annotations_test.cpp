#include <sstream>

#include <gtest/gtest.h>

#include "ci/reports.h"
#include "ci/sample_context.h"

namespace loccit {
namespace {

std::vector<std::string> annotations(const Report& report, const ReportContext& context = {}) {
  std::ostringstream out;
  write_github_annotations(report, context, out);
  std::istringstream in(out.str());
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST(Annotations, StandAtTheLinesOfTheDocumentTheWorstFirst) {
  const auto lines = annotations(sample_report());
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(lines[0],
            "::error file=letters/my letter.txt,line=9,title=drifted c2::the source now says the "
            "opposite");
  EXPECT_EQ(lines[2], "::error file=letters/my letter.txt,title=rotten c4::the page is gone");
  EXPECT_EQ(lines[3].substr(0, 8), "::notice");
}

TEST(Annotations, LetNoTextEndTheLineOrTheProperties) {
  Report report = sample_report();
  report.document.info.file = "a,b:c%\n.txt";
  report.verdicts[1].reason = "100 %\r\n::error::forged";
  const auto lines = annotations(report);
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(lines[0],
            "::error file=a%2Cb%3Ac%25%0A.txt,line=9,title=drifted c2::100 "
            "%25%0D%0A::error::forged");
}

TEST(Annotations, LeaveOutWhatHasAnExcuse) {
  const auto lines = annotations(sample_report(), sample_context());
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_NE(lines[0].find("drifted c3"), std::string::npos);
  EXPECT_NE(lines[1].find("unverifiable c5"), std::string::npos);
}

}  // namespace
}  // namespace loccit
