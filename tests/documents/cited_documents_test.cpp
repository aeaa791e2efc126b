// Documents against manifests that were checked by hand: read beside the document, word for word.
// tests/data/documents/X has its manifest beside it, as X.expected.json.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <vector>

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

constexpr std::string_view suffix = ".expected.json";

std::vector<std::string> names_of_documents() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(repository() / "tests/data/documents")) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(suffix)) names.push_back(name.substr(0, name.size() - suffix.size()));
  }
  std::ranges::sort(names);
  return names;
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
                            {"translated", source.translated},
                            {"page", source.location.page},
                            {"line", source.location.line}});
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
                       {"sources", strings(citation.sources)},
                       {"page", citation.location.page},
                       {"line", citation.location.line}});
}

struct Score {
  std::size_t right = 0, all = 0;
};
using Scores = std::map<std::string, Score>;  // by field

// Compares field by field and says each difference. A page or line is compared where the manifest
// gives it.
template <class Item>
void compare(const Json& expected, const std::vector<Item>& read,
             const std::vector<std::string>& fields, const std::string& what, Scores& scores) {
  const auto& wanted = *expected.as_array();
  EXPECT_EQ(wanted.size(), read.size()) << "number of " << what;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const Json have = i < read.size() ? as_json(read[i]) : Json::object();
    for (const std::string& field : fields) {
      if ((field == "page" || field == "line") && wanted[i].find(field) == nullptr) continue;
      Score& score = scores[what + " " + field];
      ++score.all;
      if (text_of(wanted[i], field) == text_of(have, field)) ++score.right;
      EXPECT_EQ(text_of(wanted[i], field), text_of(have, field))
          << field << " of " << what << " " << text_of(wanted[i], "id");
    }
  }
}

// "hint" of the manifest says how the document came: {"base_url": …, "notes_only": true}.
DocumentHint hint_for(const std::string& name, const Json& expected) {
  DocumentHint hint{.file_name = name};
  if (const Json* given = expected.find("hint")) {
    if (const Json* url = given->find("base_url")) hint.base_url = *url->as_string();
    if (const Json* only = given->find("notes_only")) hint.notes_only = *only->as_bool();
  }
  return hint;
}

void expect_read(const fs::path& document, const fs::path& manifest, Scores& scores) {
  const auto bytes = read_file(document);
  const auto expected_text = read_file(manifest);
  ASSERT_TRUE(bytes && expected_text);
  const auto expected = parse_json(*expected_text);
  ASSERT_TRUE(expected) << expected.error().message;
  const auto read = read_document(*bytes, hint_for(document.filename().string(), *expected));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(text_of(*expected, "title"), read->info.title);
  compare(*expected->find("sources"), read->sources,
          {"id", "label", "note", "urls", "kind", "translated", "refers_to", "page", "line"},
          "sources", scores);
  compare(*expected->find("citations"), read->citations,
          {"id", "heading", "title", "place", "date", "quote", "sources", "page", "line"},
          "citations", scores);
}

void print(const Scores& scores) {
  for (const auto& [field, score] : scores)
    std::cout << "  " << field << ": " << score.right << " of " << score.all << "\n";
}

bool is_readable_here(const std::string& name) {
  return !name.ends_with(".pdf") ||
         std::system("{ command -v pdftotext && command -v qpdf; } >/dev/null 2>&1") == 0;
}

class CitedDocument : public testing::TestWithParam<std::string> {};

TEST_P(CitedDocument, IsReadAsAPersonReadsIt) {
  if (!is_readable_here(GetParam())) GTEST_SKIP() << "poppler-utils is not installed";
  const fs::path folder = repository() / "tests/data/documents";
  Scores scores;
  expect_read(folder / GetParam(), folder / (GetParam() + std::string(suffix)), scores);
}

std::string test_name(const testing::TestParamInfo<std::string>& document) {
  std::string name = document.param;
  std::ranges::replace_if(
      name, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(OfOurs, CitedDocument, testing::ValuesIn(names_of_documents()), test_name);

TEST(CitedDocuments, PrintTheirScoreByField) {
  const fs::path folder = repository() / "tests/data/documents";
  Scores scores;
  const auto names = names_of_documents();
  for (const std::string& name : names) {
    SCOPED_TRACE(name);
    if (is_readable_here(name))
      expect_read(folder / name, folder / (name + std::string(suffix)), scores);
  }
  std::cout << "  " << names.size() << " documents\n";
  print(scores);
}

TEST(CitedDocuments, ReadsTheSeedLetterAsACarefulArchivistWould) {
  const char* shared = std::getenv("LOCCIT_SHARED");
  const fs::path letter =
      (shared != nullptr ? fs::path(shared) : repository().parent_path() / "shared") /
      "seed/letter.txt";
  if (!fs::exists(letter)) GTEST_SKIP() << "the seed letter is not here (set LOCCIT_SHARED)";
  Scores scores;
  expect_read(letter, repository() / "tests/golden/documents/seed-letter.expected.json", scores);
  print(scores);
}

}  // namespace
}  // namespace loccit
