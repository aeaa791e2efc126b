#include "ci/reports.h"

#include <sstream>

#include <gtest/gtest.h>

#include "base/json.h"
#include "base/text.h"
#include "ci/escape.h"
#include "ci/sample_context.h"

namespace loccit {
namespace {

std::string written(const Report& report, ReportFormat format, const ReportContext& context = {}) {
  std::ostringstream out;
  write_report(report, format, out, context);
  return out.str();
}

std::size_t count(const std::string& text, std::string_view word) {
  std::size_t n = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++n;
  return n;
}

TEST(Reports, HaveNamesThatTheCommandLineKnows) {
  EXPECT_EQ(report_format_from("html"), ReportFormat::html);
  EXPECT_EQ(report_format_from("sarif"), ReportFormat::sarif);
  EXPECT_EQ(report_format_from("pdf"), std::nullopt);
}

class EveryReport : public testing::TestWithParam<ReportFormat> {};

TEST_P(EveryReport, LetsNoHostileTextBecomeMarkup) {
  const std::string text = written(sample_report(), GetParam());
  EXPECT_TRUE(is_valid_utf8(text));
  EXPECT_EQ(text.find('\x01'), std::string::npos);
  // JSON; their own tests parse it.
  if (GetParam() == ReportFormat::sarif || GetParam() == ReportFormat::codequality) return;
  EXPECT_EQ(text.find("<script>alert"), std::string::npos);
  EXPECT_EQ(text.find("href=\"javascript:"), std::string::npos);
  if (GetParam() == ReportFormat::markdown) {
    EXPECT_EQ(text.find("](javascript"), std::string::npos);
  }
}

TEST_P(EveryReport, IsWrittenForADocumentThatCitesNothing) {
  Report empty;
  empty.document.info.file = "a.txt";
  EXPECT_FALSE(written(empty, GetParam()).empty());
}

INSTANTIATE_TEST_SUITE_P(Formats, EveryReport,
                         testing::Values(ReportFormat::html, ReportFormat::junit,
                                         ReportFormat::sarif, ReportFormat::markdown,
                                         ReportFormat::codequality));

TEST(JunitReport, FailsWhatDriftedOrRottedAndSkipsWhatCouldNotBeVerified) {
  const std::string xml = written(sample_report(), ReportFormat::junit);
  EXPECT_EQ(count(xml, "<testcase"), 5U);
  EXPECT_EQ(count(xml, "<failure"), 3U);
  EXPECT_EQ(count(xml, "<skipped"), 1U);
  EXPECT_NE(xml.find("tests=\"5\" failures=\"3\" errors=\"0\""), std::string::npos);
}

Json sarif(const Report& report) {
  const auto json = parse_json(written(report, ReportFormat::sarif));
  EXPECT_TRUE(json) << json.error().message;
  return *json;
}
const Json::Array& results(const Json& log) {
  return *(*log.find("runs")->as_array())[0].find("results")->as_array();
}
std::string fingerprint(const Json& result) {
  return *result.find("partialFingerprints")->find("citation/v1")->as_string();
}

TEST(SarifReport, HasOneResultForEachCitationThatIsNotIntact) {
  const Json log = sarif(sample_report());
  ASSERT_EQ(results(log).size(), 4U);
  const Json& changed = results(log)[0];
  EXPECT_EQ(*changed.find("ruleId"), Json("LC1001"));
  EXPECT_EQ(*changed.find("level"), Json("error"));
  const Json& place = *(*changed.find("locations")->as_array())[0].find("physicalLocation");
  EXPECT_EQ(*place.find("artifactLocation")->find("uri"), Json("letters/my%20letter.txt"));
  EXPECT_EQ(*place.find("region")->find("startLine"), Json(9));
}

TEST(SarifReport, KeepsTheFingerprintOfACitationThatMoved) {
  Report report = sample_report();
  const std::string before = fingerprint(results(sarif(report))[0]);
  report.document.citations[1].location.line = 99;
  report.document.citations[1].id = report.verdicts[1].citation_id = "c77";
  EXPECT_EQ(fingerprint(results(sarif(report))[0]), before);
  report.document.citations[1].quote = "Another.";
  EXPECT_NE(fingerprint(results(sarif(report))[0]), before);
}

TEST(SarifReport, TellsTwoEqualCitationsApartEvenWhenTheFirstIsMended) {
  Report report = sample_report();
  report.document.citations.push_back(report.document.citations[1]);
  report.verdicts.push_back(report.verdicts[1]);
  const std::string second = fingerprint(results(sarif(report)).back());
  EXPECT_NE(second, fingerprint(results(sarif(report))[0]));
  report.verdicts[1].kind = VerdictKind::intact;
  EXPECT_EQ(fingerprint(results(sarif(report)).back()), second);
}

TEST(MarkdownReport, ShowsTheWorstFirstAndFitsIntoAComment) {
  const std::string text = written(sample_report(), ReportFormat::markdown);
  EXPECT_LT(text.find("A changed one"), text.find("A dead one"));
  EXPECT_LT(text.find("A dead one"), text.find("A private one"));
  EXPECT_EQ(text.find("An intact one"), std::string::npos);
  EXPECT_NE(text.find("<del>do not accept</del>"), std::string::npos) << text;

  Report large = sample_report();
  for (int i = 0; i < 3'000; ++i) {
    large.document.citations.push_back(large.document.citations[2]);
    large.verdicts.push_back(large.verdicts[2]);
    large.document.citations.back().quote = std::string(20'000, '*');
    large.document.citations.back().title = std::string(20'000, '*');
    large.verdicts.back().reason = std::string(20'000, '*');
  }
  EXPECT_LT(written(large, ReportFormat::markdown).size(), 65'536U);
}

TEST(MarkdownReport, FoldsWhatIsAcceptedListsWhatIsFixedAndSaysWhatDoesNotCount) {
  const std::string text = written(sample_report(), ReportFormat::markdown, sample_context());
  EXPECT_NE(text.find("\n- 🎉 fixed: c2 A changed one\n"), std::string::npos) << text;
  EXPECT_NE(text.find("<summary>1 accepted in the baseline</summary>"), std::string::npos);
  EXPECT_EQ(count(text, "| ✏️ drifted |"), 1U);  // the other one is accepted
  EXPECT_NE(text.find("the page is gone (not confirmed yet, its standing is suspect)"),
            std::string::npos);
}

TEST(ReportOfNothing, NewDoesNotSayThatTheDocumentCitesNothing) {
  Report empty;
  empty.document.info.file = "a.txt";
  ReportContext context;
  context.since = "v1";
  context.comparison.fixed = {sample_acceptance()};
  for (const ReportFormat format : {ReportFormat::html, ReportFormat::markdown}) {
    const std::string text = written(empty, format, context);
    EXPECT_EQ(text.find("cites nothing"), std::string::npos) << text;
    EXPECT_NE(text.find("no citation is new since v1"), std::string::npos) << text;
    EXPECT_NE(text.find("A changed one"), std::string::npos) << text;
  }
}

TEST(HtmlReport, ShowsThePageOnWhichTheWordsWereJudged) {
  Report report = sample_report();
  LinkFinding& link = report.verdicts[0].links[0];
  link.alternate = link.snapshot;
  link.alternate->requested_url = link.alternate->final_url = "https://a.example/en";
  link.alternate->sha256 = std::string(64, 'e');
  const std::string html = written(report, ReportFormat::html);
  EXPECT_NE(html.find("href=\"https://a.example/en\""), std::string::npos);
  EXPECT_NE(html.find(std::string(64, 'e')), std::string::npos);
}

TEST(HtmlReport, CountsNoWordsAsStandingWhereNoneWereFound) {
  Report report = sample_report();
  report.verdicts[1].quote = {.state = QuoteState::absent, .similarity = 0.32};
  const std::string html = written(report, ReportFormat::html);
  EXPECT_EQ(html.find("32 %"), std::string::npos);
  EXPECT_NE(html.find("the words do not stand at the source"), std::string::npos);
}

TEST(HtmlReport, DoesNotRepeatAnErrorThatTheReasonTells) {
  Report report = sample_report();
  report.verdicts[3].reason = "The page is gone from a.example.";
  report.verdicts[3].links[0].error = "the page is gone from a.example";
  EXPECT_EQ(count(written(report, ReportFormat::html), "page is gone from"), 1U);
}

TEST(HtmlReport, AsksTheNetworkForNothing) {
  const std::string html = written(sample_report(), ReportFormat::html);
  EXPECT_NE(html.find("default-src 'none'"), std::string::npos);
  for (const char* loads : {" src=", "<link", "@import", "url(", "<img"}) {
    EXPECT_EQ(html.find(loads), std::string::npos) << loads;
  }
}

TEST(HtmlReport, ShowsEverythingWithoutAScript) {
  const std::string html = written(sample_report(), ReportFormat::html);
  EXPECT_EQ(count(html, "<article"), 5U);
  EXPECT_EQ(count(html, "hidden>"), 1U);  // the filter, which only the script can serve
  EXPECT_NE(html.find("<del class=\"meaning\">"), std::string::npos);
  EXPECT_NE(html.find("#:~:text=We"), std::string::npos);
  EXPECT_NE(html.find(std::string(64, 'b')), std::string::npos);
}

TEST(HtmlReport, NamesThePageThatTheQuoteWasJudgedOn) {
  Report report = sample_report();
  LinkFinding& link = report.verdicts.front().links.front();
  ASSERT_TRUE(link.snapshot);
  link.alternate = *link.snapshot;
  link.alternate->id = "urn:uuid:of-the-alternate";
  link.alternate->final_url = "https://a.example/en/page";
  const std::string html = written(report, ReportFormat::html);
  EXPECT_NE(html.find("href=\"https://a.example/en/page\""), std::string::npos);
  EXPECT_NE(html.find("urn:uuid:of-the-alternate"), std::string::npos);
}

TEST(Escaping, LeavesNoMarkdownOfAnyKind) {
  EXPECT_EQ(escape_markdown("a*b\n@c"), "a&#42;b &#64;c");
  EXPECT_EQ(escape_markup("<a href='x'>\x02"), "&lt;a href=&#39;x&#39;&gt;\xEF\xBF\xBD");
}

}  // namespace
}  // namespace loccit
