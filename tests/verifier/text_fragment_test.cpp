// What the directive of a Text Fragment says. That browsers find the words with it is tested in
// tests/system/text_fragment_test.py.
#include "verifier/text_fragment.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace loccit {
namespace {

// The fragment for the nth place of `words` in a text.
std::string fragment_of(const std::string& text, const std::string& words, int nth = 1,
                        const std::string& url = "https://a.example/p") {
  TextContent content;
  content.text = text;
  std::size_t at = text.find(words);
  for (; nth > 1; --nth) at = text.find(words, at + 1);
  Passage passage;
  passage.source_start = count_code_points(text.substr(0, at));
  passage.source_end = passage.source_start + count_code_points(words);
  passage.exact = words;
  return text_fragment_url(url, passage, content);
}

TEST(TextFragment, GivesAShortPassageWhole) {
  EXPECT_EQ(fragment_of("The old lamps burn.", "old lamps"),
            "https://a.example/p#:~:text=old%20lamps");
}

TEST(TextFragment, EncodesWhatTheDirectiveItselfIsMadeOf) {
  EXPECT_EQ(fragment_of("A, b & c-d burn.", "A, b & c-d"),
            "https://a.example/p#:~:text=A%2C%20b%20%26%20c%2Dd");
  EXPECT_EQ(fragment_of("Эх, да", "Эх"), "https://a.example/p#:~:text=%D0%AD%D1%85");
}

TEST(TextFragment, StandsAfterAFragmentOfTheUrl) {
  EXPECT_EQ(fragment_of("The old lamps.", "old", 1, "https://a.example/p#top"),
            "https://a.example/p#top:~:text=old");
}

TEST(TextFragment, NamesTheEndsOfALongPassage) {
  std::string words = "first";
  for (int i = 0; i < 60; ++i) words += " w" + std::to_string(i);
  const std::string fragment = fragment_of("Before. " + words + " last. After.", words + " last");
  EXPECT_EQ(fragment,
            "https://a.example/p#:~:text=first%20w0%20w1%20w2%20w3,w56%20w57%20w58%20w59%20last");
}

TEST(TextFragment, NeverLetsAPartCrossABlock) {
  EXPECT_EQ(fragment_of("One two\nthree four", "One two\nthree four"),
            "https://a.example/p#:~:text=One%20two,three%20four");
  EXPECT_EQ(fragment_of("Heading\nOne two three four five six", "Heading\nOne two three"),
            "https://a.example/p#:~:text=Heading,One%20two%20three");
}

TEST(TextFragment, TellsARepeatedPassageByTheWordsBefore) {
  const std::string text = "In May the lamps burn. In June the lamps burn.";
  EXPECT_EQ(fragment_of(text, "the lamps burn", 1),
            "https://a.example/p#:~:text=the%20lamps%20burn");
  EXPECT_EQ(fragment_of(text, "the lamps burn", 2),
            "https://a.example/p#:~:text=June-,the%20lamps%20burn");
}

TEST(TextFragment, TakesWordsWhole) {
  EXPECT_EQ(fragment_of("Bois l'eau claire.", "eau claire"),
            "https://a.example/p#:~:text=l%27eau%20claire");
  EXPECT_EQ(fragment_of("The re-election of", "election of"),
            "https://a.example/p#:~:text=re%2Delection%20of");
  EXPECT_EQ(fragment_of("Bois l'eau\u202F\u00BB, dit-il.", "l'eau"),
            "https://a.example/p#:~:text=l%27eau%E2%80%AF%C2%BB%2C");
}

TEST(TextFragment, IsNoneForNoWords) { EXPECT_EQ(fragment_of("", ""), ""); }

}  // namespace
}  // namespace loccit
