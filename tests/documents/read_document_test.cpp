#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>

#include <gtest/gtest.h>

#include "base/files.h"
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

bool has_poppler() { return std::system("command -v pdftotext >/dev/null 2>&1") == 0; }

Result<Document> read_pdf(const std::string& name, const std::string& password = {}) {
  const auto bytes = read_file(std::string(LOCCIT_TEST_DATA "/pdf/") + name);
  return read_document(bytes.value(), {.file_name = name, .password = password});
}

TEST(ReadPdfDocument, AsksForAPasswordAndWorksWithIt) {
  if (!has_poppler()) GTEST_SKIP() << "poppler-utils is not installed";
  EXPECT_EQ(read_pdf("encrypted.pdf").error().kind, FailureKind::encrypted);
  EXPECT_EQ(read_pdf("encrypted.pdf", "wrong").error().message,
            "the password does not open the PDF");
  const auto read = read_pdf("encrypted.pdf", "secret");
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read->citations.size(), 1U);
  EXPECT_EQ(read->citations[0].quote, "no vessel shall pass");
}

TEST(ReadPdfDocument, SaysThatAScannedOneHasNoText) {
  if (!has_poppler()) GTEST_SKIP() << "poppler-utils is not installed";
  const auto read = read_pdf("scanned.pdf");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().kind, FailureKind::empty);
  EXPECT_NE(read.error().message.find("scanned"), std::string::npos);
}

TEST(ReadPdfDocument, ReadsWhatIsLeftOfADamagedOneAndSaysSo) {
  if (!has_poppler()) GTEST_SKIP() << "poppler-utils is not installed";
  const auto read = read_pdf("damaged.pdf");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->citations.size(), 1U);
  ASSERT_FALSE(read->warnings.empty());
  EXPECT_NE(read->warnings[0].message.find("damaged"), std::string::npos);
}

TEST(ReadPdfDocument, SaysThatATruncatedOneCannotBeRead) {
  if (!has_poppler()) GTEST_SKIP() << "poppler-utils is not installed";
  const auto read = read_pdf("truncated.pdf");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().kind, FailureKind::malformed);
}

}  // namespace
}  // namespace loccit
