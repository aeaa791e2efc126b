#include <gtest/gtest.h>

#include "verifier/quote_match.h"

namespace loccit {
namespace {

// Three paragraphs, the middle one a sidebar.
TextContent page_with_sidebar() {
  const std::string before = "The first rule holds for all members";
  const std::string sidebar = "It is important to familiarise yourself with all of the variables";
  const std::string after = "without any exception at any time.";
  TextContent page;
  page.text = before + "\n" + sidebar + "\n" + after;
  const std::size_t begin = before.size() + 1;
  const std::size_t end = begin + sidebar.size();
  page.blocks = {{BlockKind::paragraph, {0, before.size()}},
                 {BlockKind::page_furniture, {begin, end}},
                 {BlockKind::paragraph, {end + 1, page.text.size()}}};
  page.skips = {{SkipKind::page_furniture, {begin, end}}};
  page.language = "en";
  return page;
}

QuoteState state_of(const std::string& quote) {
  return match_quote(quote, page_with_sidebar()).state;
}

TEST(Furniture, IsSteppedOverWhole) {
  EXPECT_EQ(state_of("holds for all members without any exception"), QuoteState::verbatim);
}

TEST(Furniture, HoldsQuotesOfItsOwn) {
  EXPECT_EQ(state_of("important to familiarise yourself with"), QuoteState::verbatim);
}

// A word left out of a quote that stands in a sidebar was taken for furniture stepped over.
TEST(Furniture, OwesEveryWordOfAQuoteThatStandsInside) {
  EXPECT_EQ(state_of("It is important to yourself with all of the variables"), QuoteState::altered);
  EXPECT_NE(state_of("for all members It is important"), QuoteState::absent);
}

TEST(Furniture, DoesNotLendItsFirstOrLastWordsToTheProse) {
  EXPECT_NE(state_of("The first rule holds for all members It is important without any exception"),
            QuoteState::verbatim);
}

}  // namespace
}  // namespace loccit
