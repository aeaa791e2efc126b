#include "manifests/report.h"

#include <gtest/gtest.h>

namespace loccit {
namespace {

Report sample() {
  Report report;
  report.tool_version = "0.1.0";
  report.document.info = {"Letter", "letter.txt", std::string(64, 'a'), "text/plain"};
  report.document.sources = {{.id = "1",
                              .label = "1",
                              .note = "n",
                              .urls = {"https://a.example/x"},
                              .kind = SourceKind::web}};
  report.document.citations = {{.id = "c1",
                                .title = "T",
                                .quote = "We do not accept it.",
                                .sources = {"1"},
                                .location = {.line = 4}},
                               {.id = "c2", .sources = {"1"}}};
  report.started_at = *from_iso8601("2026-11-24T16:00:00Z");
  report.finished_at = *from_iso8601("2026-11-24T16:00:09Z");

  Verdict drifted;
  drifted.citation_id = "c1";
  drifted.kind = VerdictKind::drifted;
  drifted.reason = "the source now says \"accept\"";
  drifted.quote = {.state = QuoteState::altered,
                   .similarity = 0.8,
                   .passages = {{0, 20, 100, 113, "We accept it.", "so ", " And",
                                 "https://a.example/x#:~:text=We"}},
                   .changes = {{ChangeKind::meaning, "do not accept", "accept", 3, 16, 103, 109}},
                   .remark = "r"};
  LinkFinding link;
  link.url = "https://a.example/x#top";
  link.state = LinkState::moved;
  link.status = 200;
  link.final_url = "https://a.example/y";
  link.redirects = 1;
  link.snapshot = SnapshotRecord{.id = "urn:uuid:1",
                                 .requested_url = "https://a.example/x",
                                 .final_url = "https://a.example/y",
                                 .fetched_at = report.started_at,
                                 .warc = "archive/1.warc.gz",
                                 .offset = 7,
                                 .length = 9,
                                 .sha256 = std::string(64, 'b'),
                                 .bytes = 51,
                                 .media_type = "text/html",
                                 .status = 200};
  link.drift = TextDrift::passage;
  drifted.links = {link};

  Verdict rotten;
  rotten.citation_id = "c2";
  rotten.kind = VerdictKind::rotten;
  rotten.reason = "no answer";
  rotten.links = {
      {.url = "https://a.example/x", .state = LinkState::unreachable, .error = "timed out"}};
  report.verdicts = {drifted, rotten};
  return report;
}

TEST(Report, IsReadBackAsItWasWritten) {
  const Json written = report_to_json(sample());
  const auto read = report_from_json(write_json(written));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(report_to_json(*read), written);
  EXPECT_EQ(read->document.citations[0].quote, "We do not accept it.");
  EXPECT_EQ(read->verdicts[0].links[0].drift, TextDrift::passage);
  EXPECT_EQ(read->verdicts[0].links[0].snapshot->final_url, "https://a.example/y");
  EXPECT_EQ(read->verdicts[1].links[0].error, "timed out");
}

TEST(Report, HasTheFieldsThatOtherProgramsRelyOn) {
  const Json json = report_to_json(sample());
  EXPECT_EQ(*json.find("schema"), Json("loccit.report/1"));
  EXPECT_EQ(*json.find("started_at"), Json("2026-11-24T16:00:00Z"));
  EXPECT_EQ(write_json(*json.find("summary")),
            R"({"citations":2,"intact":0,"drifted":1,"rotten":1,"unverifiable":0})");
  const Json& citation = (*json.find("citations")->as_array())[0];
  EXPECT_EQ(*citation.find("verdict"), Json("drifted"));
  EXPECT_EQ(*citation.find("quote")->find("state"), Json("altered"));
  const Json& link = (*citation.find("links")->as_array())[0];
  EXPECT_TRUE(link.find("error")->is_null());
  EXPECT_EQ(*link.find("snapshot")->find("offset"), Json(7));
}

TEST(Report, RefusesAWordThatIsNoVerdict) {
  std::string json = write_json(report_to_json(sample()));
  json.replace(json.find("\"drifted\",\"reason\""), 9, "\"perfect\"");
  const auto read = report_from_json(json);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().message,
            "citations[0].verdict: \"perfect\" is no word that loccit knows here");
}

TEST(Report, ReadsAReportThatHoldsOnlyTheFieldsOfTheContract) {
  const auto read =
      report_from_json(R"({"schema":"loccit.report/1","tool":{"name":"loccit","version":"9"},
    "document":{},"started_at":"2026-11-24T16:00:00Z","finished_at":"2026-11-24T16:00:00Z","summary":{},"citations":[]})");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->tool_version, "9");
}

}  // namespace
}  // namespace loccit
