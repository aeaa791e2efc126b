#include "verifier/list_labels.h"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "verifier/quote_match.h"

namespace loccit {
namespace {

QuoteState state_of(const std::string& quote,
                    const std::vector<std::pair<BlockKind, std::string>>& blocks) {
  TextContent page;
  page.language = "en";
  for (const auto& [kind, text] : blocks) {
    if (!page.text.empty()) page.text += '\n';
    const std::size_t begin = page.text.size();
    page.text += text;
    page.blocks.push_back({kind, {begin, page.text.size()}});
  }
  return match_quote(quote, page).state;
}

constexpr BlockKind item = BlockKind::list_item;
constexpr BlockKind prose = BlockKind::paragraph;
const char* const first = "The gate is closed at night.";
const char* const second = "The keeper has the key of it.";

TEST(ListLabels, MayBeginInTheMidstOfALine) {
  const char* const quote =
      "The rules: (a) The gate is closed at night; and (b) The keeper has the key of it.";
  EXPECT_EQ(
      state_of(quote,
               {{prose, "The rules:"}, {item, "The gate is closed at night; and"}, {item, second}}),
      QuoteState::verbatim);
  EXPECT_NE(state_of(quote, {{prose, "The rules:"},
                             {prose, "The gate is closed at night; and"},
                             {prose, second}}),
            QuoteState::verbatim);
}

TEST(ListLabels, InBracketsMayBeLeftOutOfAQuote) {
  EXPECT_EQ(state_of("The gate is closed at night. The keeper has the key of it.",
                     {{prose, "(1) The gate is closed at night."},
                      {prose, "(2) The keeper has the key of it."}}),
            QuoteState::verbatim);
  EXPECT_NE(
      state_of("(3) The keeper has the key of it.", {{prose, "(2) The keeper has the key of it."}}),
      QuoteState::verbatim);
}

TEST(ListLabels, OfTheQuoteAreThoseThatABrowserPrints) {
  EXPECT_EQ(state_of("1. The gate is closed at night.\n2. The keeper has the key of it.",
                     {{item, first}, {item, second}}),
            QuoteState::verbatim);
  EXPECT_NE(state_of("1. The gate is closed at night.\n2. The keeper has the key of it.",
                     {{prose, first}, {prose, second}}),
            QuoteState::verbatim);
}

TEST(ListLabels, OfThePrintedPageMayBeSteppedOver) {
  const std::string one = std::string("1. ") + first, two = std::string("2. ") + second;
  EXPECT_EQ(
      state_of("The gate is closed at night. The keeper has the key", {{prose, one}, {prose, two}}),
      QuoteState::verbatim);
  EXPECT_EQ(state_of("1. The gate is closed at night.\n2. The keeper has the key",
                     {{prose, one}, {prose, two}}),
            QuoteState::verbatim);
}

TEST(ListLabels, CountOnInOneLine) {
  const std::string line = std::string("1. ") + first + " 2. " + second;
  EXPECT_EQ(state_of("The gate is closed at night. The keeper has the key", {{prose, line}}),
            QuoteState::verbatim);
  EXPECT_EQ(state_of(line, {{item, first}, {item, second}}), QuoteState::verbatim);
  EXPECT_NE(state_of("It was 1. The keeper has the key",
                     {{prose, "It was so. 1. The keeper has the key of it."}}),
            QuoteState::verbatim);
  EXPECT_NE(state_of(std::string("1. ") + first + " 3. " + second, {{prose, line}}),
            QuoteState::verbatim);
}

TEST(ListLabels, AreNotExchanged) {
  const std::string one = std::string("1. ") + first, two = std::string("2. ") + second;
  EXPECT_NE(state_of("1. The gate is closed at night.\n3. The keeper has the key",
                     {{prose, one}, {prose, two}}),
            QuoteState::verbatim);
  EXPECT_NE(state_of("The gate is closed at night. 3 The keeper has the key",
                     {{prose, one}, {prose, two}}),
            QuoteState::verbatim);
}

}  // namespace
}  // namespace loccit
