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

// A caption in a sidebar: the quote is of the sidebar, and the caption no part of it.
TEST(Furniture, IsSteppedOverInsideOfFurnitureToo) {
  const std::string one = "The council does not recognise the vote.", caption = "The harbour wall",
                    two = "It asked the members to wait.";
  TextContent page;
  page.language = "en";
  page.text = "Prose.\n" + one + "\n" + caption + "\n" + two + "\nMore prose.";
  const std::size_t begin = 7, inner = begin + one.size() + 1;
  const std::size_t end = inner + caption.size() + 1 + two.size();
  page.skips = {{SkipKind::page_furniture, {begin, end}},
                {SkipKind::page_furniture, {inner, inner + caption.size()}}};
  for (std::size_t at = 0; at < page.text.size();) {
    const std::size_t stop = std::min(page.text.find('\n', at), page.text.size());
    page.blocks.push_back({BlockKind::paragraph, {at, stop}});
    at = stop + 1;
  }
  EXPECT_EQ(match_quote(one + " " + two, page).state, QuoteState::verbatim);
  EXPECT_EQ(match_quote("The council does not recognise the members to wait.", page).state,
            QuoteState::altered);
}

TEST(Furniture, IsTheSameLinkAtTheEndOfEachItem) {
  TextContent page;
  page.language = "en";
  const auto add = [&](const std::string& words, const std::string& url) {
    if (!page.text.empty()) page.text += '\n';
    const std::size_t begin = page.text.size();
    page.text += words + " Read more";
    page.blocks.push_back({BlockKind::list_item, {begin, page.text.size()}});
    page.links.push_back({.url = url, .range = {begin + words.size() + 1, page.text.size()}});
  };
  add("The gate is closed at night.", "/gate");
  add("The keeper has the key of it.", "/keeper");
  add("Dogs are welcome at all times.", "/dogs");
  EXPECT_EQ(match_quote("The gate is closed at night. The keeper has the key of it.", page).state,
            QuoteState::verbatim);
  for (Link& link : page.links) link.url = "/same";
  EXPECT_EQ(match_quote("The gate is closed at night. The keeper has the key of it.", page).state,
            QuoteState::altered);
}

}  // namespace
}  // namespace loccit
