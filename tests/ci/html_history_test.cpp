#include "ci/html_history.h"

#include <sstream>

#include <gtest/gtest.h>

#include "ci/sample_context.h"

namespace loccit {
namespace {

const Timestamp day = *from_iso8601("2026-11-24T16:00:00Z");

template <typename Write>
std::string written(Write write) {
  std::ostringstream out;
  write(out);
  return out.str();
}

std::size_t count(const std::string& text, std::string_view word) {
  std::size_t n = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++n;
  return n;
}

EarlierCheck check(int days, std::size_t intact, std::size_t drifted) {
  return {day + std::chrono::hours(24 * days),
          {.citations = intact + drifted, .intact = intact, .drifted = drifted}};
}

std::string chart(const std::vector<EarlierCheck>& checks) {
  return written([&](std::ostream& out) { write_chart(out, checks); });
}

TEST(Chart, NeedsTwoChecks) {
  EXPECT_EQ(chart({}), "");
  EXPECT_EQ(chart({check(0, 3, 1)}), "");
}

TEST(Chart, DrawsEachVerdictThatOccurredAndGivesTheNumbersNewestFirst) {
  const std::string html = chart({check(0, 4, 0), check(1, 3, 1)});
  EXPECT_EQ(count(html, "<rect class=\"intact\""), 2U);
  EXPECT_EQ(count(html, "<rect class=\"drifted\""), 1U);
  EXPECT_EQ(count(html, "<rect class=\"rotten\""), 0U);
  EXPECT_NE(html.find("height=\"25\""), std::string::npos) << html;
  const std::string numbers = html.substr(html.find("The numbers"));
  EXPECT_LT(numbers.find("2026-11-25"), numbers.find("2026-11-24"));
}

TEST(Chart, ShowsTheLastSixtyChecks) {
  std::vector<EarlierCheck> checks;
  for (int i = 0; i < 100; ++i) checks.push_back(check(i, 1, 0));
  const std::string html = chart(checks);
  EXPECT_EQ(count(html, "<rect"), 60U);
  EXPECT_EQ(count(html, "<tr><td>"), 60U);
  EXPECT_EQ(html.find("2026-11-24"), std::string::npos);
}

TEST(EarlierVerdicts, AreListedNewestFirstAndTheirTextIsNoMarkup) {
  const std::vector<EarlierVerdict> earlier = {
      {day, VerdictKind::intact, "stood"},
      {day + std::chrono::hours(24), VerdictKind::rotten, hostile_text}};
  const std::string html = written([&](std::ostream& out) { write_earlier(out, earlier); });
  EXPECT_NE(html.find("Earlier checks: 2"), std::string::npos);
  EXPECT_LT(html.find("2026-11-25"), html.find("2026-11-24"));
  EXPECT_EQ(html.find("<script>"), std::string::npos);
  EXPECT_EQ(written([&](std::ostream& out) { write_earlier(out, {}); }), "");
}

TEST(EarlierVerdicts, InARowThatFoundTheSameAreOneLine) {
  const std::vector<EarlierVerdict> earlier = {
      {day, VerdictKind::intact, "stood"},
      {day + std::chrono::hours(24), VerdictKind::intact, "stood"},
      {day + std::chrono::hours(48), VerdictKind::rotten, "gone"}};
  const std::string html = written([&](std::ostream& out) { write_earlier(out, earlier); });
  EXPECT_EQ(count(html, "<li>"), 2U);
  EXPECT_NE(html.find("2 checks"), std::string::npos);
}

TEST(EarlierVerdicts, OfAYearAreCountedAllAndShownInPart) {
  std::vector<EarlierVerdict> earlier;
  for (int i = 0; i < 365; ++i)
    earlier.push_back({day, i % 2 == 0 ? VerdictKind::intact : VerdictKind::rotten, "so"});
  const std::string html = written([&](std::ostream& out) { write_earlier(out, earlier); });
  EXPECT_NE(html.find("Earlier checks: 365"), std::string::npos);
  EXPECT_NE(html.find("and 345 older ones"), std::string::npos);
  EXPECT_EQ(count(html, "<li>"), 21U);
}

std::string excuse(std::size_t verdict) {
  return written([&](std::ostream& out) { write_excuse(out, sample_context(), verdict); });
}

TEST(Excuses, SayWhyAProblemDoesNotCount) {
  EXPECT_NE(excuse(1).find("Accepted on 2026-11-20: asked &lt;them&gt;"), std::string::npos);
  EXPECT_NE(excuse(2).find("has changed since"), std::string::npos);
  EXPECT_NE(excuse(3).find("suspect"), std::string::npos) << excuse(3);
  EXPECT_EQ(excuse(0), "");
  EXPECT_EQ(excuse(99), "");
}

TEST(FixedOnes, AreNamedWithTheReasonForWhichTheyWereAccepted) {
  const std::string html =
      written([](std::ostream& out) { write_fixed(out, sample_context().comparison); });
  EXPECT_NE(html.find("c2 A changed one"), std::string::npos);
  EXPECT_NE(html.find("asked &lt;them&gt;"), std::string::npos);
  EXPECT_EQ(written([](std::ostream& out) { write_fixed(out, {}); }), "");
}

}  // namespace
}  // namespace loccit
