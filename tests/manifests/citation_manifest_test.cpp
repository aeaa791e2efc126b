#include "manifests/citation_manifest.h"

#include <gtest/gtest.h>

namespace loccit {
namespace {

Document two_citations() {
  Document document;
  document.info = {"Letter", "letter.txt", std::string(64, 'a'), "text/plain"};
  document.sources = {{.id = "1",
                       .label = "1",
                       .note = "See https://a.example/x.",
                       .urls = {"https://a.example/x"},
                       .kind = SourceKind::web,
                       .location = {.page = 2, .line = 40, .column = 1, .offset = 900}},
                      {.id = "1-2",
                       .label = "1",
                       .note = "Ibid.",
                       .kind = SourceKind::unpublished,
                       .translated = true,
                       .refers_to = "1",
                       .repairs = {"joined a line"}}};
  document.citations = {{.id = "c1",
                         .heading = {"I", "Council"},
                         .title = "Statement",
                         .place = "Ostvik",
                         .date = "2024-02-03",
                         .quote = "One.\n\nTwo …",
                         .sources = {"1", "1-2"},
                         .location = {.page = 1, .line = 3}},
                        {.id = "c2", .sources = {"1-2"}}};
  document.warnings = {{"a marker without a note", {.line = 9}}};
  return document;
}

// The manifest of two_citations() with one stretch of its text replaced.
std::string broken(std::string_view old_text, std::string_view new_text) {
  std::string json = write_json(manifest_to_json(two_citations()));
  const std::size_t at = json.find(old_text);
  EXPECT_NE(at, std::string::npos) << old_text << " is not in " << json;
  return json.replace(at, old_text.size(), new_text);
}

std::string complaint(const std::string& json) {
  const auto document = manifest_from_json(json);
  return document ? "none" : document.error().message;
}

TEST(CitationManifest, IsReadBackAsItWasWritten) {
  const Json written = manifest_to_json(two_citations());
  const auto read = manifest_from_json(write_json(written, JsonStyle::pretty));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(manifest_to_json(*read), written);
  EXPECT_EQ(read->sources[1].refers_to, "1");
  EXPECT_EQ(read->sources[0].location.offset, 900U);
  EXPECT_EQ(read->citations[1].quote, std::nullopt);
}

TEST(CitationManifest, WritesNullForACitationThatDoesNotQuote) {
  const Json written = manifest_to_json(two_citations());
  EXPECT_TRUE((*written.find("citations")->as_array())[1].find("quote")->is_null());
}

TEST(CitationManifest, NeedsOfAHandWrittenFileOnlyWhatACheckNeeds) {
  const auto read = manifest_from_json(R"({"schema": "loccit.manifest/1",
    "sources": [{"id": "1", "urls": ["https://a.example/"]}, {"id": "2"}],
    "citations": [{"id": "c1", "quote": "Words.", "sources": ["1"]}]})");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->sources[0].kind, SourceKind::web);
  EXPECT_EQ(read->sources[1].kind, SourceKind::comment);
  EXPECT_EQ(read->citations[0].quote, "Words.");
}

TEST(CitationManifest, NamesThePathOfWhatIsWrong) {
  EXPECT_EQ(complaint(broken(R"("sources":["1","1-2"])", R"("sources":["1","9"])")),
            "citations[0].sources[1]: no source has the id \"9\"");
  EXPECT_EQ(complaint(broken(R"("sources":["1","1-2"])", R"("sources":[])")),
            "citations[0].sources: a citation names at least one source");
  EXPECT_EQ(complaint(broken(R"("sources":["1","1-2"])", R"("sources":[1])")),
            "citations[0].sources[0]: expected a string, found integer");
  EXPECT_EQ(complaint(broken(R"(,"sources":["1","1-2"])", "")), "citations[0].sources: is missing");
  EXPECT_EQ(complaint(broken("loccit.manifest/1", "loccit.manifest/2")),
            "schema: expected \"loccit.manifest/1\", found \"loccit.manifest/2\"");
  EXPECT_EQ(complaint(broken(R"("schema":"loccit.manifest/1",)", "")), "schema: is missing");
  EXPECT_EQ(
      complaint(broken(R"("urls":["https://a.example/x"])", R"("urls":"https://a.example/x")")),
      "sources[0].urls: expected an array, found string");
  EXPECT_EQ(complaint(broken(R"("translated":false)", R"("translated":"no")")),
            "sources[0].translated: expected true or false, found string");
  EXPECT_EQ(complaint(broken(R"("kind":"web")", R"("kind":"blog")")),
            "sources[0].kind: \"blog\" is none of web, account, unpublished, print or comment");
  EXPECT_EQ(complaint(broken(R"("id":"1-2")", R"("id":"1")")),
            "sources[1].id: the id \"1\" is taken by an earlier source");
  EXPECT_EQ(complaint(broken(R"("id":"c2")", R"("id":"c1")")),
            "citations[1].id: the id \"c1\" is taken by an earlier citation");
  EXPECT_EQ(complaint(broken(R"("quote":"One.\n\nTwo …")", R"("quote":7)")),
            "citations[0].quote: expected a string, found integer");
}

TEST(CitationManifest, RefusesWhatIsNoObject) {
  EXPECT_EQ(complaint("[]"), "the JSON: expected an object, found array");
  EXPECT_EQ(complaint(R"({"schema":"loccit.manifest/1","sources":7,"citations":[]})"),
            "sources: expected an array, found integer");
  EXPECT_NE(complaint("{\"schema\": "), "none");
}

TEST(CitationManifest, IsToldFromADocumentByItsFirstWords) {
  EXPECT_TRUE(looks_like_manifest("\xEF\xBB\xBF \n{\"schema\": \"loccit.manifest/1\"}"));
  EXPECT_TRUE(looks_like_manifest("{\"schema\": \"loccit.manifest/1\", broken"));
  EXPECT_FALSE(looks_like_manifest("A letter that mentions \"loccit.manifest/1\"."));
  EXPECT_FALSE(looks_like_manifest("{\"schema\": \"other/1\"}"));
  EXPECT_FALSE(looks_like_manifest(""));
}

TEST(CitationManifest, KeepsTheDocumentsOfACheckOfSeveral) {
  Document document = two_citations();
  document.parts = {document.info, {"Memo", "memo.md", "", "text/markdown"}};
  document.citations[1].part = 1;
  const auto read = manifest_from_json(write_json(manifest_to_json(document)));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->parts[1].file, "memo.md");
  EXPECT_EQ(read->citations[1].part, 1U);
}

}  // namespace
}  // namespace loccit
