#include <chrono>
#include <iostream>
#include <string>

#include <gtest/gtest.h>

#include "documents/document.h"

namespace loccit {
namespace {

TEST(ReadDocument, SaysWhyAnInputCannotBeRead) {
  EXPECT_EQ(read_document("", {}).error().kind, FailureKind::empty);
  EXPECT_EQ(read_document(" \n\f\n", {}).error().kind, FailureKind::empty);
  EXPECT_EQ(read_document("words", {}, {.max_bytes = 3}).error().kind, FailureKind::too_large);
  EXPECT_FALSE(read_document(std::string("\x7F"
                                         "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0",
                                         20),
                             {.file_name = "a.txt"}));
}

TEST(ReadDocument, TakesADocumentThatCitesNothing) {
  const auto read =
      read_document("Nothing is cited here.\nAnd nothing there.\n", {.file_name = "a.txt"});
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_TRUE(read->sources.empty());
  EXPECT_TRUE(read->citations.empty());
}

TEST(ReadDocument, LeavesLinksInRunningTextOutWhereOnlyNotesAreWanted) {
  const std::string text = "See https://example.org/a.\n\nAnd https://example.org/b, too.\n";
  EXPECT_EQ(read_document(text, {.file_name = "a.txt"})->sources.size(), 2U);
  EXPECT_TRUE(read_document(text, {.file_name = "a.txt", .notes_only = true})->sources.empty());
}

TEST(ReadDocument, SaysWhereASourceStands) {
  const auto read =
      read_document("One line.\n\n  See https://example.org/a.\n", {.file_name = "a.txt"});
  ASSERT_EQ(read->sources.size(), 1U);
  EXPECT_EQ(read->sources[0].location, (Location{0, 3, 7, 17}));
}

TEST(ReadDocument, NeedsTimeThatGrowsWithTheText) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) {
    text +=
        "A paragraph of some words that says “nothing is ever new under the sun” and more of it, " +
        std::string(380, 'x') + ", as told at https://example.org/page/" + std::to_string(i) +
        ".\n\n";
  }
  const auto begin = std::chrono::steady_clock::now();
  const auto read = read_document(text, {.file_name = "a.txt"});
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  ASSERT_TRUE(read);
  EXPECT_EQ(read->sources.size(), 20'000U);
  std::cout << "  " << text.size() / 1'000'000 << " MB in " << took.count() << " s\n";
  EXPECT_LT(
      took.count(),
      60.0);  // a bound on the order of growth, not a benchmark: sanitizers and busy machines pass
}

}  // namespace
}  // namespace loccit
