// Documents against manifests that were checked by hand: read beside the document, word for word.
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "base/files.h"
#include "base/json.h"
#include "documents/document.h"

namespace loccit {
namespace {

namespace fs = std::filesystem;

// The test runs from anywhere, but its program lies in the repository's build folder.
fs::path repository() {
  for (fs::path folder = fs::read_symlink("/proc/self/exe"); folder.has_relative_path();) {
    folder = folder.parent_path();
    if (fs::exists(folder / "tests/data/documents")) return folder;
  }
  return fs::current_path();
}

std::string text_of(const Json& json, std::string_view field) {
  const Json* found = json.find(field);
  if (found == nullptr || found->is_null()) return "(none)";
  return found->as_string() != nullptr ? *found->as_string() : write_json(*found);
}

Json strings(const std::vector<std::string>& values) {
  Json array = Json::array();
  for (const std::string& value : values) array.push(value);
  return array;
}

Json as_json(const Source& source) {
  Json json = Json::object({{"id", source.id},
                            {"label", source.label},
                            {"note", source.note},
                            {"urls", strings(source.urls)},
                            {"kind", name(source.kind)},
                            {"translated", source.translated}});
  if (!source.refers_to.empty()) json.set("refers_to", source.refers_to);
  return json;
}

Json as_json(const Citation& citation) {
  return Json::object({{"id", citation.id},
                       {"heading", strings(citation.heading)},
                       {"title", citation.title},
                       {"place", citation.place},
                       {"date", citation.date},
                       {"quote", citation.quote ? Json(*citation.quote) : Json()},
                       {"sources", strings(citation.sources)}});
}

struct Score {
  std::size_t right = 0, all = 0;
};

// Compares field by field, says each difference, and prints how many of each field are right.
template <class Item>
void compare(const Json& expected, const std::vector<Item>& read,
             const std::vector<std::string>& fields) {
  ASSERT_EQ(expected.as_array()->size(), read.size());
  std::map<std::string, Score> scores;
  for (std::size_t i = 0; i < read.size(); ++i) {
    const Json& want = (*expected.as_array())[i];
    const Json have = as_json(read[i]);
    for (const std::string& field : fields) {
      Score& score = scores[field];
      ++score.all;
      if (text_of(want, field) == text_of(have, field)) ++score.right;
      EXPECT_EQ(text_of(want, field), text_of(have, field)) << field << " of " << read[i].id;
    }
  }
  for (const auto& [field, score] : scores)
    std::cout << "  " << field << " " << score.right << "/" << score.all;
  std::cout << "\n";
}

void expect_read(const fs::path& document, const fs::path& manifest) {
  const auto bytes = read_file(document);
  const auto expected_text = read_file(manifest);
  ASSERT_TRUE(bytes && expected_text);
  const auto expected = parse_json(*expected_text);
  ASSERT_TRUE(expected) << expected.error().message;
  const auto read = read_document(*bytes, {.file_name = document.filename().string()});
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(text_of(*expected, "title"), read->info.title);
  compare(*expected->find("sources"), read->sources,
          {"id", "label", "note", "urls", "kind", "translated", "refers_to"});
  compare(*expected->find("citations"), read->citations,
          {"id", "heading", "title", "place", "date", "quote", "sources"});
}

void expect_ours(const std::string& name) {
  const fs::path folder = repository() / "tests/data/documents";
  expect_read(folder / name, folder / (name + ".expected.json"));
}

TEST(ReadDocument, ReadsAFrenchLetterOfStatementsOverAPageBreak) {
  expect_ours("rivers-letter-fr.txt");
}
TEST(ReadDocument, ReadsAnEssayWithEndnotesIbidAndQuotations) { expect_ours("salt-essay.txt"); }
TEST(ReadDocument, ReadsReferenceListsAsRfcsHaveThem) { expect_ours("lantern-rfc.txt"); }
TEST(ReadDocument, ReadsFootnotesOfAPdfByGeometry) {
  if (std::system("command -v pdftotext >/dev/null 2>&1") != 0)
    GTEST_SKIP() << "poppler-utils is not installed";
  expect_ours("bridges.pdf");
}

TEST(ReadDocument, ReadsTheSeedLetterAsACarefulArchivistWould) {
  const char* shared = std::getenv("LOCCIT_SHARED");
  const fs::path letter =
      (shared != nullptr ? fs::path(shared) : repository().parent_path() / "shared") /
      "seed/letter.txt";
  if (!fs::exists(letter)) GTEST_SKIP() << "the seed letter is not here (set LOCCIT_SHARED)";
  expect_read(letter, repository() / "tests/golden/documents/seed-letter.expected.json");
}

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
