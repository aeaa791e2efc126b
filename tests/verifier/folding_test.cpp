#include "verifier/folding.h"

#include <array>
#include <random>
#include <string>

#include <gtest/gtest.h>

namespace loccit {
namespace {

struct Sample {
  std::string text;
  std::vector<TextRange> excluded;
};

// Words, and what may stand between them; whole words are left out, as furniture and marks are.
Sample random_sample(std::mt19937& random) {
  static constexpr std::array<std::string_view, 8> words = {"word",  "The", "12",     "3.5",
                                                            "l'eau", "[7]", "\u00E9", "\u00B9"};
  static constexpr std::array<std::string_view, 8> between = {"%", ".",  ". ",      "\n",
                                                              " ", "? ", "\u2026 ", ""};
  Sample sample;
  for (std::size_t n = random() % 40; n > 0; --n) {
    const std::size_t begin = sample.text.size();
    sample.text += words[random() % words.size()];
    if (random() % 5 == 0) sample.excluded.push_back({begin, sample.text.size()});
    sample.text += between[random() % between.size()];
    if (random() % 2 == 0) sample.text += ' ';
  }
  return sample;
}

std::string told(const FoldedText& text) {
  std::string out;
  for (const Token& token : text.tokens) {
    out += std::string(text.word(token)) + "@" + std::to_string(token.source_begin) +
           (token.sentence_start ? "!" : "") + (token.after_blank ? "_" : "") + " ";
  }
  return text.letters + "\n" + out;
}

TEST(LeaveOut, GivesWhatFoldingWithoutGives) {
  std::mt19937 random(3);
  std::size_t given = 0;
  for (int i = 0; i < 20'000; ++i) {
    const Sample sample = random_sample(random);
    const auto left = leave_out(fold(sample.text), sample.excluded);
    if (!left) continue;
    ++given;
    ASSERT_EQ(told(*left), told(fold(sample.text, sample.excluded))) << sample.text;
  }
  EXPECT_GT(given, 10'000U);
}

TEST(LeaveOut, TakesNoWordApart) {
  const std::string text = "the war1914 began";
  EXPECT_TRUE(leave_out(fold(text), std::vector<TextRange>{{7, 11}}));
  EXPECT_FALSE(leave_out(fold(text), std::vector<TextRange>{{7, 9}}));
  EXPECT_FALSE(leave_out(fold(text), std::vector<TextRange>{{5, 11}}));
}

}  // namespace
}  // namespace loccit
