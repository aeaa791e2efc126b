#include "verifier/quote_match.h"

#include <string>

#include <gtest/gtest.h>

namespace loccit {
namespace {

// A page of plain paragraphs, parted by line breaks.
TextContent page(std::string text, std::string language = "en") {
  TextContent content;
  content.text = std::move(text);
  content.language = std::move(language);
  for (std::size_t at = 0; at < content.text.size();) {
    const std::size_t end = std::min(content.text.find('\n', at), content.text.size());
    content.blocks.push_back({BlockKind::paragraph, {at, end}});
    at = end + 1;
  }
  return content;
}

QuoteState state_of(const std::string& quote, const std::string& text,
                    const std::string& language = "en") {
  return match_quote(quote, page(text, language)).state;
}

const std::string statement =
    "Opening remarks.\nThe Council of Europe does not recognise the so-called elections held in "
    "the region on 1 March 2020. "
    "It supports the territorial integrity of all its member states. Turnout was 12,500 people, or "
    "1.5 % of all voters.\n"
    "Further remarks follow here, and they are about something else altogether.";

TEST(QuoteMatch, FindsWordsWhateverTheirTypography) {
  EXPECT_EQ(state_of("the council of europe does not recognise the \u201Cso called\u201D elections",
                     statement),
            QuoteState::verbatim);
  EXPECT_EQ(state_of("It supports the terri\u00ADtorial inte-\ngrity of all its member states",
                     statement),
            QuoteState::verbatim);
}

TEST(QuoteMatch, AMissingNotIsAChangeOfMeaning) {
  const auto finding = match_quote(
      "The Council of Europe does recognise the so-called elections held in the region on 1 March "
      "2020.",
      page(statement));
  EXPECT_EQ(finding.state, QuoteState::altered);
  ASSERT_EQ(finding.changes.size(), 1U);
  EXPECT_EQ(finding.changes[0].kind, ChangeKind::meaning);
  EXPECT_EQ(finding.changes[0].quoted, "recognise");
  EXPECT_EQ(finding.changes[0].found, "not recognise");
}

TEST(QuoteMatch, NumbersAndWordsCountWhole) {
  EXPECT_NE(state_of("Turnout was 2,500 people", statement), QuoteState::verbatim);
  EXPECT_NE(state_of("2,500 people, or 1.5 % of all voters", statement), QuoteState::verbatim);
  EXPECT_NE(state_of("or 15 % of all voters", statement), QuoteState::verbatim);
  EXPECT_NE(state_of("or 1.5 of all voters", statement), QuoteState::verbatim);
  EXPECT_EQ(state_of("12,500 people, or 1.5% of all voters", statement), QuoteState::verbatim);
  EXPECT_NE(state_of("Turnout was 12,500 people, or 1.5", statement), QuoteState::verbatim);
  EXPECT_EQ(state_of("The fund holds 240  000 crowns", "The fund holds 240 000 crowns today."),
            QuoteState::verbatim);
  EXPECT_NE(state_of("sign\u00E9 par le ministre",
                     "Le repr\u00E9sentant d\u00E9sign\u00E9 par le ministre.", "fr"),
            QuoteState::verbatim);
}

TEST(QuoteMatch, AnOmissionMarkSkipsTextInOrderOnly) {
  EXPECT_EQ(state_of("The Council of Europe does not recognise [\u2026] elections held in the "
                     "region ... It supports the territorial integrity",
                     statement),
            QuoteState::verbatim);
  EXPECT_NE(
      state_of(
          "It supports the territorial integrity \u2026 The Council of Europe does not recognise",
          statement),
      QuoteState::verbatim);
}

TEST(QuoteMatch, SaysWhenAnOmissionMarkSwallowedANegation) {
  const auto finding = match_quote(
      "The Council of Europe does \u2026 recognise the so-called elections", page(statement));
  EXPECT_EQ(finding.state, QuoteState::verbatim);
  EXPECT_NE(finding.remark.find("\u201Cnot\u201D"), std::string::npos) << finding.remark;
}

TEST(QuoteMatch, SomeSentencesStandAndOthersDoNot) {
  EXPECT_EQ(state_of("It supports the territorial integrity of all its member states. Pigs were "
                     "seen flying over the lake at noon yesterday.",
                     statement),
            QuoteState::partial);
  EXPECT_EQ(state_of("Pigs were seen flying over the lake at noon yesterday.", statement),
            QuoteState::absent);
}

// "Still, the U.S." of an invented sentence stood at the source, and the rest was called gone.
TEST(QuoteMatch, AFewWordsThatStandByChanceAreNoPartOfAQuote) {
  EXPECT_EQ(state_of("Further remarks follow here. Pigs were seen flying over the lake at noon "
                     "yesterday, and nobody on the shore could say where they had come from.",
                     statement),
            QuoteState::absent);
}

// "一月", January, stood in "十一月", November.
TEST(QuoteMatch, ANumberInCharactersCountsWhole) {
  const std::string page_text = "委员会于十一月举行会议，共有三十二万人参加。";
  EXPECT_NE(state_of("一月举行会议", page_text, "zh"), QuoteState::verbatim);
  EXPECT_NE(state_of("委员会于十", page_text, "zh"), QuoteState::verbatim);
  EXPECT_NE(state_of("二万人参加", page_text, "zh"), QuoteState::verbatim);
  EXPECT_EQ(state_of("十一月举行会议，共有三十二万人", page_text, "zh"), QuoteState::verbatim);
}

// "argv[1]" lost its index and stood all the same.
TEST(QuoteMatch, AnIndexIsNoNoteMark) {
  const std::string code =
      "The name is in argv[0], the source in argv[1] and the target in argv[2].";
  EXPECT_NE(state_of("the source in argv and the target in argv[2]", code), QuoteState::verbatim);
  EXPECT_NE(state_of("The name is in argv, the source in argv[1]", code), QuoteState::verbatim);
  EXPECT_NE(state_of("The name is in argv[4]", code), QuoteState::verbatim);
  const std::string prose = "The island was settled late.[1] It was left soon[2] after the flood.";
  EXPECT_EQ(state_of("settled late. It was left soon after the flood", prose),
            QuoteState::verbatim);
}

// The digits of a note mark were changed, and the quote was verbatim all the same.
TEST(QuoteMatch, ANoteMarkOfTheQuoteIsTheSourcesOwnOrNoOnes) {
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

TEST(QuoteMatch, ANumberMayBeParted) {
  EXPECT_EQ(state_of("must have the version 1.5-2.1 from then on",
                     "An upload must have the version 1.5-\n2.1 from then on."),
            QuoteState::verbatim);
}

TEST(QuoteMatch, EditorialBracketsAreNoWordsOfTheSource) {
  EXPECT_EQ(state_of("[t]he so-called elections held [sic] in the region", statement),
            QuoteState::verbatim);
  EXPECT_NE(
      state_of("It [not] supports the territorial integrity of all its member states", statement),
      QuoteState::verbatim);
}

}  // namespace
}  // namespace loccit
