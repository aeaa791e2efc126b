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

// The page of a benchmark: a list's last item broke off with "sable-", and the text began below it.
TEST(QuoteMatch, AHyphenAtALinesEndPartsNoWordThatBeginsWithACapital) {
  const std::string below = "Statement nine says that every lamp of the road is lit.";
  EXPECT_EQ(state_of(below, "All the statements of the sable-\n" + below), QuoteState::verbatim);
  EXPECT_EQ(state_of("the Anglo-Saxon chronicle", "It is the Anglo-\nSaxon chronicle."),
            QuoteState::verbatim);
  EXPECT_NE(state_of("likely to be lit before dusk", "It is un-\nlikely to be lit before dusk."),
            QuoteState::verbatim);
  EXPECT_NE(state_of("LIKELY TO BE LIT BEFORE DUSK", "IT IS UN-\nLIKELY TO BE LIT BEFORE DUSK."),
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

TEST(QuoteMatch, AnEllipsisOfTheSourceLetsWholeSentencesGoOnly) {
  const std::string text =
      "They sang of the harbour... and the sea. It was late, they said. Nobody left before dawn...";
  EXPECT_NE(state_of("They sang of the harbour... the sea", text), QuoteState::verbatim);
  EXPECT_EQ(state_of("and the sea. \u2026 Nobody left before dawn", text), QuoteState::verbatim);
  EXPECT_EQ(state_of("It was late, they said. \u2026 All were tired of it.",
                     "It was late, they said. Nobody left before dawn... All were tired of it."),
            QuoteState::verbatim);
  const std::string on = "It went on... All were tired of it. Nobody left before dawn.";
  EXPECT_EQ(state_of("It went on... \u2026 Nobody left before dawn", on), QuoteState::verbatim);
  EXPECT_NE(state_of("It went on... Nobody left before dawn", on), QuoteState::verbatim);
}

// A manual repeats itself: what is reversed in one sentence stood in order across two paragraphs.
TEST(QuoteMatch, AnOmissionMarkDoesNotStitchAReversedSentenceTogether) {
  const std::string manual =
      "Choose whether to align the outer edge of the object to the nearest point of the page.\n"
      "The keys are told in the next part, where the menu is described at length.\n"
      "Choose whether to align the text with the other text of the page.\n"
      "Here one says how large it is.";
  EXPECT_EQ(state_of("the nearest point of the page \u2026 Choose whether to align", manual),
            QuoteState::altered);
  EXPECT_EQ(state_of("Choose whether to align \u2026 the nearest point of the page", manual),
            QuoteState::verbatim);
  EXPECT_EQ(state_of("the nearest point of the page \u2026 the other text of the page", manual),
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

TEST(QuoteMatch, EditorialBracketsMayNotTurnTheSenseRound) {
  const std::string text = "Members of the council comply with the rule, as is likely, in cases.";
  EXPECT_EQ(state_of("Members [and guests] of the council [now] comply", text),
            QuoteState::verbatim);
  for (const char* quote :
       {"Members of the council [never] comply with the rule",
        "Members of the council [must] comply with the rule", "with the rule, as is [un]likely, in",
        "[All] members of the council comply"})
    EXPECT_NE(state_of(quote, text), QuoteState::verbatim) << quote;
  EXPECT_EQ(state_of("[m]embers of the council [now] comply", text), QuoteState::verbatim);
  // A note mark's brackets are no words of the source.
  EXPECT_EQ(state_of("The Council [of the isles] was founded in 1949",
                     "The Council[1] was founded in 1949[2] by ten members."),
            QuoteState::verbatim);
  // The brackets are the source's, and the word after them was left out.
  EXPECT_NE(state_of("[NE] prevents this escaping of signs",
                     "The [NE] flag prevents this escaping of signs altogether."),
            QuoteState::verbatim);
  // The same, and but for them nothing is left of the quote.
  EXPECT_NE(state_of("= , [DateFormat String]) As", "Call it with [DateFormat As String]) As."),
            QuoteState::verbatim);
}

// "about 1 5 people" stood in "about 15 people": the near match read the digits together.
TEST(QuoteMatch, NumbersPartedOtherwiseAreOtherNumbers) {
  const std::string text =
      "It is said that about 15 people lived there from 1939 \u2013 1945, on the pages 10-12 of "
      "the book, in 7 8.";
  for (const char* quote :
       {"It is said that about 1 5 people lived there",
        "It is said that about 1 - 5 people lived there", "lived there from 1939 1945, on",
        "the pages 10 12 of the book", "of the book, in 78", "of the book, in 7 - 8"})
    EXPECT_EQ(state_of(quote, text), QuoteState::altered) << quote;
  EXPECT_EQ(state_of("from 1939\u20131945, on the pages 10 \u2013 12 of the book", text),
            QuoteState::verbatim);
}

TEST(QuoteMatch, ABlankMayNotMakeOrUnmakeADenial) {
  EXPECT_EQ(state_of("The plan is notable to deliver it",
                     "The plan is not able to deliver it, as all have seen."),
            QuoteState::altered);
  EXPECT_EQ(state_of("The chair is not able for his speech",
                     "The chair is notable for his speech, as all have seen."),
            QuoteState::altered);
  EXPECT_EQ(state_of("El a vorbit nu mai despre asta ieri",
                     "El a vorbit numai despre asta ieri, la pr\u00E2nz.", "ro"),
            QuoteState::altered);
  EXPECT_EQ(state_of("il nome host nonci sono", "Per ora il nome host non ci sono ancora.", "it"),
            QuoteState::verbatim);
  EXPECT_EQ(state_of("it can not be found any where",
                     "They say that it cannot be found anywhere on the shore."),
            QuoteState::verbatim);
}

// A mark of one letter was set before the mark of another, but only where no blank stood between.
TEST(QuoteMatch, LettersBesideOneAnotherKeepTheirOwnMarks) {
  EXPECT_EQ(state_of("\u0938\u092D\u0940 \u092A\u094D\u0930\u0924\u094D\u092F\u0915\u094D\u0937"
                     "\u095E\u0949\u0930\u094D\u092E",
                     "\u0938\u092D\u0940 \u092A\u094D\u0930\u0924\u094D\u092F\u0915\u094D\u0937 "
                     "\u092B\u093C\u0949\u0930\u094D\u092E \u0939\u0948",
                     "hi"),
            QuoteState::verbatim);
}

// Of a PDF: "الإعلان" came out as "الإعالن", and every Arabic quote was altered.
TEST(QuoteMatch, LamAlefIsOneSignInsideOfAWord) {
  EXPECT_EQ(state_of("يقبل الإعلان الأول خلال الجلسة، والسلام على الأولاد",
                     "إن المجلس لا يقبل الإعالن الأول خالل الجلسة، والسالم على الأوالد.", "ar"),
            QuoteState::verbatim);
  EXPECT_NE(state_of("إن المجلس ال يقبل الإعلان الأول", "إن المجلس لا يقبل الإعلان الأول.", "ar"),
            QuoteState::verbatim);
}

TEST(QuoteMatch, AnExponentIsPartOfItsNumber) {
  EXPECT_EQ(state_of("a memory of 2^10 bytes", "It has a memory of 2\u00B9\u2070 bytes."),
            QuoteState::verbatim);
  const std::string text = "The area is 10\u00B2 metres wide and 5 m\u00B2 deep, they say.";
  EXPECT_EQ(state_of("The area is 10^2 metres wide and 5 m2 deep", text), QuoteState::verbatim);
  for (const char* quote : {"The area is 102 metres wide", "The area is 10 2 metres wide"})
    EXPECT_NE(state_of(quote, text), QuoteState::verbatim) << quote;
}

// The page said "does accept", its description was never mended: the verdict was intact.
TEST(QuoteMatch, MetadataCountsOnlyWhereNothingVisibleSpeaks) {
  TextContent content =
      page("The Assembly does accept the elections held on Sunday. More follows.");
  content.unseen = {"The Assembly does not accept the elections held on Sunday.",
                    "The harbour master announced a wholly different thing."};
  EXPECT_EQ(
      match_quote("The Assembly does not accept the elections held on Sunday.", content).state,
      QuoteState::altered);
  const auto finding =
      match_quote("The harbour master announced a wholly different thing.", content);
  EXPECT_EQ(finding.state, QuoteState::verbatim);
  EXPECT_NE(finding.remark.find("metadata"), std::string::npos);
}

}  // namespace
}  // namespace loccit
