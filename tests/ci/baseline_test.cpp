#include "ci/baseline.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "ci/outcome.h"
#include "ci/sample_report.h"

namespace loccit {
namespace {

constexpr std::size_t changed = 1, dead = 3;  // places in sample_report()

Accepted accepted(const Report& report, std::size_t i) {
  const Citation& citation = report.document.citations.at(i);
  return {report.document.info.file,
          citation.id,
          citation.title,
          identity_of(citation, SourcesById(report.document)),
          finding_of(report.verdicts.at(i)),
          report.verdicts[i].kind,
          "known",
          "2026-11-24"};
}

Comparison against(const Report& report, const Baseline& baseline) {
  return compare(report, baseline, identities_of(report.document));
}

ExitCode outcome_of(const Report& report, const Comparison& comparison) {
  ReportContext context;
  context.comparison = comparison;
  return outcome(report, {VerdictKind::drifted, VerdictKind::rotten}, context);
}

TEST(Identity, IsTheQuoteAndItsSourcesWhereverTheyStand) {
  Report report = sample_report();
  Citation& citation = report.document.citations[changed];
  const std::string before = identity_of(citation, SourcesById(report.document));
  citation.location.line = 900;
  citation.id = "c900";
  citation.heading = {"Moved"};
  EXPECT_EQ(identity_of(citation, SourcesById(report.document)), before);
  citation.quote = "Other words.";
  EXPECT_NE(identity_of(citation, SourcesById(report.document)), before);
  citation.quote = "We do not accept it.";
  report.document.sources[0].urls = {"https://b.example/"};
  EXPECT_NE(identity_of(citation, SourcesById(report.document)), before);
}

TEST(Identity, OfASourceWithoutAnAddressIsItsNote) {
  Document document;
  document.sources = {{.id = "1", .note = "A letter of May"}, {.id = "2", .note = "One of June"}};
  const Citation may{.title = "t", .sources = {"1"}}, june{.title = "t", .sources = {"2"}};
  EXPECT_NE(identity_of(may, SourcesById(document)), identity_of(june, SourcesById(document)));
}

TEST(Finding, IsAnotherOneWhenTheSourceChangesOnceMore) {
  Verdict verdict = sample_report().verdicts[changed];
  const std::string before = finding_of(verdict);
  verdict.reason = "said in other words";
  verdict.quote.similarity = 0.7;
  EXPECT_EQ(finding_of(verdict), before);
  Verdict again = verdict;
  again.quote.changes[0].found = "refuse";
  EXPECT_NE(finding_of(again), before);
  again = verdict;
  again.kind = VerdictKind::rotten;
  EXPECT_NE(finding_of(again), before);
}

TEST(ABaseline, ReadsWhatItWroteAndIsSortedWhateverTheOrderOfAccepting) {
  const Report report = sample_report();
  const Baseline one{{accepted(report, changed), accepted(report, dead)}};
  const Baseline other{{accepted(report, dead), accepted(report, changed)}};
  EXPECT_EQ(to_text(one), to_text(other));
  const auto read = baseline_from_json(to_text(one));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(to_text(*read), to_text(one));
}

TEST(ABaseline, ThatIsNoneSaysWhatWritesOne) {
  for (const char* text : {"", "{}", "[1]", R"({"schema": "loccit.lock/2", "accepted": []})",
                           R"({"schema": "loccit.lock/1", "accepted": {}})"}) {
    const auto read = baseline_from_json(text);
    EXPECT_FALSE(read) << text;
  }
  EXPECT_NE(baseline_from_json("{}").error().message.find("loccit accept"), std::string::npos);
}

TEST(ABaseline, WithABrokenEntrySaysWhichMemberIsMissing) {
  const auto read = [](const std::string& from, const std::string& to) {
    const Report report = sample_report();
    std::string text = to_text({{accepted(report, changed)}});
    text.replace(text.find(from), from.size(), to);
    return baseline_from_json(text);
  };
  const auto unnamed = read("\"finding\"", "\"fnding\"");
  ASSERT_FALSE(unnamed);
  EXPECT_NE(unnamed.error().message.find("\"finding\""), std::string::npos);
  const auto unknown = read("\"drifted\"", "\"altered\"");
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().message.find("verdict"), std::string::npos);
}

TEST(Comparing, ExcusesWhatWasAcceptedAsItIs) {
  Report report = sample_report();
  report.verdicts.resize(2);
  report.document.citations.resize(2);
  EXPECT_EQ(outcome_of(report, against(report, {})), ExitCode::found);
  const Comparison comparison = against(report, {{accepted(report, changed)}});
  ASSERT_NE(accepted_at(comparison, changed), nullptr);
  EXPECT_EQ(accepted_at(comparison, changed)->reason, "known");
  EXPECT_EQ(outcome_of(report, comparison), ExitCode::fine);
  EXPECT_TRUE(comparison.fixed.empty());
}

TEST(Comparing, ExcusesNothingThatChangedSince) {
  Report report = sample_report();
  const Baseline baseline{{accepted(report, changed)}};
  report.verdicts[changed].quote.changes[0].found = "refuse";
  const Comparison comparison = against(report, baseline);
  EXPECT_EQ(accepted_at(comparison, changed), nullptr);
  EXPECT_TRUE(comparison.outgrown[changed]);
}

TEST(Comparing, TakesAnEntryThatStillFitsBeforeAnOlderOneOfTheSameCitation) {
  Report report = sample_report();
  Accepted old = accepted(report, changed);
  old.finding = std::string(64, '0');
  for (const Baseline& baseline :
       {Baseline{{old, accepted(report, changed)}}, Baseline{{accepted(report, changed), old}}}) {
    const Comparison comparison = against(report, baseline);
    EXPECT_NE(accepted_at(comparison, changed), nullptr);
    EXPECT_FALSE(comparison.outgrown[changed]);
  }
}

TEST(Comparing, TellsAsFixedWhatIsIntactNowOrNoLongerCited) {
  Report report = sample_report();
  const Baseline baseline{{accepted(report, changed), accepted(report, dead)}};
  report.verdicts[changed].kind = VerdictKind::intact;
  report.document.citations.erase(report.document.citations.begin() + dead);
  report.verdicts.erase(report.verdicts.begin() + dead);
  EXPECT_EQ(against(report, baseline).fixed.size(), 2U);
}

TEST(Comparing, TakesNothingForFixedThatWasNotLookedAt) {
  Report report = sample_report();
  Accepted elsewhere = accepted(report, changed);
  elsewhere.document = "another.txt";
  elsewhere.identity = std::string(64, '0');
  const auto everything = identities_of(report.document);
  const Baseline baseline{{elsewhere, accepted(report, changed)}};
  // --since leaves the citation out of the check; it still stands in its document.
  report.document.citations.erase(report.document.citations.begin() + changed);
  report.verdicts.erase(report.verdicts.begin() + changed);
  EXPECT_TRUE(compare(report, baseline, everything).fixed.empty());
}

TEST(Comparing, OfTwoEqualCitationsNoneIsFixedWhileOneIsBad) {
  Report report = sample_report();
  const Baseline baseline{{accepted(report, changed)}};
  report.document.citations.push_back(report.document.citations[changed]);
  report.verdicts.push_back(report.verdicts[changed]);
  report.verdicts.back().kind = VerdictKind::intact;
  EXPECT_TRUE(against(report, baseline).fixed.empty());
}

}  // namespace
}  // namespace loccit
