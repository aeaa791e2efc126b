#include "ci/side_by_side.h"

#include <gtest/gtest.h>

namespace loccit {
namespace {

// "a[same] b[meaning]" for a row of pieces.
std::string shown(const Pieces& pieces) {
  static constexpr const char* names[] = {"same", "wording", "meaning", "missing", "context"};
  std::string out;
  for (const Piece& piece : pieces) {
    out +=
        (out.empty() ? "" : "|") + piece.text + ":" + names[static_cast<std::size_t>(piece.mark)];
  }
  return out;
}

TEST(SideBySide, MarksWhatDiffersOnBothSides) {
  QuoteFinding finding{
      .state = QuoteState::altered,
      .passages = {{0, 20, 100, 113, "We accept it.", "so ", " And", ""}},
      .changes = {{ChangeKind::meaning, "do not accept", "accept", 3, 16, 103, 109}}};
  const SideBySide both = side_by_side("We do not accept it.", finding);
  EXPECT_EQ(shown(both.quoted), "We :same|do not accept:meaning| it.:same");
  ASSERT_EQ(both.found.size(), 1U);
  EXPECT_EQ(shown(both.found[0]), "so :context|We :same|accept:meaning| it.:same| And:context");
}

TEST(SideBySide, CountsCodePointsAndNotBytes) {
  QuoteFinding finding{.state = QuoteState::altered,
                       .passages = {{0, 5, 0, 5, "é ö ü", "", "", ""}},
                       .changes = {{ChangeKind::wording, "ä", "ö", 2, 3, 2, 3}}};
  EXPECT_EQ(shown(side_by_side("é ä ü", finding).quoted), "é :same|ä:wording| ü:same");
}

TEST(SideBySide, MarksAsMissingWhatNoPassageCovers) {
  QuoteFinding finding{.state = QuoteState::partial,
                       .passages = {{0, 4, 0, 4, "One.", "", "", ""}}};
  EXPECT_EQ(shown(side_by_side("One. Two.", finding).quoted), "One. :same|Two.:missing");
}

TEST(SideBySide, TakesWhatLiesBetweenWordsForNoDifferenceOfItsOwn) {
  QuoteFinding finding{
      .state = QuoteState::partial,
      .passages = {{0, 4, 0, 4, "One.", "", "", ""}, {15, 19, 5, 9, "Six.", "", "", ""}},
      .changes = {{ChangeKind::meaning, "Two three", "", 5, 14, 0, 0}}};
  EXPECT_EQ(shown(side_by_side("One. Two three. Six.", finding).quoted),
            "One. :same|Two three.:meaning| Six.:same");
  finding = {.state = QuoteState::partial,
             .passages = {{0, 4, 0, 4, "One.", "", "", ""}, {5, 9, 9, 13, "Two.", "", "", ""}}};
  EXPECT_EQ(shown(side_by_side("One. Two.", finding).quoted), "One. Two.:same");
}

TEST(SideBySide, ShowsOfTheSurroundingsThePassagesOwnParagraphInWholeWords) {
  const auto around = [](std::string prefix, std::string suffix) {
    QuoteFinding finding{
        .state = QuoteState::verbatim,
        .passages = {{0, 3, 0, 3, "It.", std::move(prefix), std::move(suffix), ""}}};
    return shown(side_by_side("It.", finding).found.front());
  };
  EXPECT_EQ(around("Home News Contact\nA heading\n", "\nA footer"), "It.:same");
  EXPECT_EQ(around("Home\nThey say: ", " And more.\nA footer"),
            "They say: :context|It.:same| And more.:context");
  const std::string long_one = "rdinary words that go on and on for longer than a context is";
  EXPECT_EQ(around(long_one + " ", " o" + long_one),
            "… words that go on and on for longer than a context is :context|It.:same"
            "| ordinary words that go on and on for longer than a context …:context");
}

TEST(SideBySide, MarksNothingForOffsetsPastTheText) {
  QuoteFinding finding{.state = QuoteState::altered,
                       .passages = {{0, 900, 5, 2, "One.", "", "", ""}},
                       .changes = {{ChangeKind::wording, "x", "y", 700, 701, 9, 8},
                                   {ChangeKind::wording, "", "", 3, 1, 0, 0}}};
  const SideBySide both = side_by_side("One.", finding);
  EXPECT_EQ(shown(both.quoted), "One.:same");
  EXPECT_EQ(shown(both.found[0]), "One.:same");
  EXPECT_TRUE(side_by_side("", finding).quoted.empty());
}

}  // namespace
}  // namespace loccit
