#include "verifier/reasons.h"

#include <gtest/gtest.h>

namespace loccit {
namespace {

Change change(ChangeKind kind, const std::string& quoted, const std::string& found) {
  return {.kind = kind, .quoted = quoted, .found = found};
}

std::string reason(QuoteState state, std::vector<Change> changes, const std::string& remark = "") {
  QuoteFinding finding;
  finding.state = state;
  finding.changes = std::move(changes);
  finding.remark = remark;
  return reason_for(finding);
}

TEST(Reason, NamesTheGravestDifferenceAndCountsTheRest) {
  const Change word = change(ChangeKind::wording, "big", "large");
  const Change denial = change(ChangeKind::meaning, "do not accept", "accept");
  EXPECT_EQ(reason(QuoteState::altered, {word, denial}),
            "the source now says “accept” where the document quotes “do not accept”, and differs "
            "in one more place");
  EXPECT_EQ(reason(QuoteState::altered, {word, denial, word}),
            "the source now says “accept” where the document quotes “do not accept”, and differs "
            "in 2 more places");
  EXPECT_EQ(reason(QuoteState::altered, {change(ChangeKind::wording, "", "very")}),
            "the source now also says “very”");
  EXPECT_EQ(reason(QuoteState::altered, {change(ChangeKind::wording, "very", "")}),
            "the source no longer has “very”");
}

TEST(Reason, SaysThatOrderIsWhatDiffers) {
  EXPECT_EQ(reason(QuoteState::altered, {}), "the quoted words do not stand there in this order");
  EXPECT_EQ(reason(QuoteState::altered, {}, "parts of the quote stand in another order"),
            "the quoted words do not stand there in this order; parts of the quote stand in "
            "another order");
}

TEST(Reason, OfAPartNamesWhatIsMissing) {
  EXPECT_EQ(reason(QuoteState::partial, {change(ChangeKind::wording, "a", "b"),
                                         change(ChangeKind::wording, "The rest is gone.", "")}),
            "only part of the quoted words stands at the source; it no longer has “The rest is "
            "gone.”");
}

TEST(Reason, CutsLongWordsInTheMiddleBetweenWholeCharacters) {
  std::string words;
  for (int i = 0; i < 100; ++i) words += "ж ";
  const std::string cut = shortened(words);
  EXPECT_LT(cut.size(), words.size());
  EXPECT_NE(cut.find("\u2026"), std::string::npos);
  EXPECT_EQ(shortened("short"), "short");
  EXPECT_EQ(cut.find("\xB6\xB6"), std::string::npos);
}

TEST(Sentence, BeginsLargeAndEndsWithAStop) {
  EXPECT_EQ(as_sentence("the page is gone"), "The page is gone.");
  EXPECT_EQ(as_sentence("Is it gone?"), "Is it gone?");
  EXPECT_EQ(as_sentence("élan"), "élan.");
  EXPECT_EQ(as_sentence(""), "");
}

}  // namespace
}  // namespace loccit
