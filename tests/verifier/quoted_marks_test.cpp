#include "verifier/quoted_marks.h"

#include <string>

#include <gtest/gtest.h>

#include "verifier/quote_match.h"

namespace loccit {
namespace {

QuoteState state_of(const std::string& quote, const std::string& text) {
  TextContent page;
  page.text = text;
  page.language = "en";
  page.blocks = {{BlockKind::paragraph, {0, text.size()}}};
  return match_quote(quote, page).state;
}

// The digits of a note mark were changed, and the quote was verbatim all the same.
TEST(QuotedMarks, AreTheSourcesOwnOrNobodys) {
  const std::string prose =
      "The island was settled late.[17] It was left soon after[3] the flood[4].";
  EXPECT_EQ(state_of("The island was settled late.[17] It was left soon", prose),
            QuoteState::verbatim);
  EXPECT_NE(state_of("The island was settled late.[71] It was left soon", prose),
            QuoteState::verbatim);
  EXPECT_NE(state_of("It was left soon after[3] the flood[5].", prose), QuoteState::verbatim);
  // One of several, and one of the document's own.
  EXPECT_EQ(state_of("settled late. It was left soon after[3] the flood", prose),
            QuoteState::verbatim);
  EXPECT_EQ(state_of("The island[9] was settled late.", prose), QuoteState::verbatim);
}

// The words between a quote's end and its mark were dropped, and the quote was verbatim all the
// same.
TEST(QuotedMarks, HoldOnToTheWordsBesideThem) {
  const std::string text =
      "Opening words. [22] The court held that no one may fish here after dark[23] or at dawn.";
  EXPECT_EQ(state_of("[22] The court held that no one may fish", text), QuoteState::verbatim);
  EXPECT_EQ(state_of("[22] court held that no one may fish", text), QuoteState::altered);
  EXPECT_EQ(state_of("[22] held that no one may fish here", text), QuoteState::altered);
  EXPECT_EQ(state_of("no one may fish here after dark[23]", text), QuoteState::verbatim);
  EXPECT_EQ(state_of("no one may fish here after[23]", text), QuoteState::altered);
  // Of the document's own, and of another stretch.
  EXPECT_EQ(state_of("court held that no one[7] may fish here after[8]", text),
            QuoteState::verbatim);
  EXPECT_NE(state_of("[7] court held that no one may fish here", text), QuoteState::verbatim);
  const std::string numbered = "22. The court held that no one may fish here after dark.";
  EXPECT_EQ(state_of("[22] The court held that no one", numbered), QuoteState::verbatim);
  EXPECT_EQ(state_of("[7] The court held that no one", "The court held that no one may fish."),
            QuoteState::verbatim);
  EXPECT_EQ(state_of("[22] The court held [\u2026] may fish here after dark[23] or", text),
            QuoteState::verbatim);
}

TEST(QuotedMarks, AreToldInAnyScriptAndAboveTheLine) {
  EXPECT_EQ(state_of("نتیجهٔ انتخابات را نپذیرفت. این تصمیم در سال ۲۰۲۰ گرفته شد",
                     "شورا نتیجهٔ انتخابات را نپذیرفت.[۱] این تصمیم در سال ۲۰۲۰ گرفته شد.[۲]"),
            QuoteState::verbatim);
  const std::string text = "It was settled late.¹ It was left soon² after the flood of 5 m² there.";
  EXPECT_EQ(state_of("settled late. It was left soon after the flood", text), QuoteState::verbatim);
  EXPECT_EQ(state_of("settled late.¹ It was left soon² after", text), QuoteState::verbatim);
  EXPECT_NE(state_of("settled late.³ It was left soon after", text), QuoteState::verbatim);
  EXPECT_NE(state_of("after the flood of 5 m there", text), QuoteState::verbatim);
}

}  // namespace
}  // namespace loccit
