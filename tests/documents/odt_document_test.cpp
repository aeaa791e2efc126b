#include <gtest/gtest.h>

#include "documents/document.h"
#include "support/zip_builder.h"

namespace loccit {
namespace {

using testing::make_zip;

Result<Document> read_odt(const std::string& body) {
  const std::string content =
      R"(<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text>)" +
      body + "</office:text></office:body></office:document-content>";
  DocumentHint hint;
  hint.file_name = "letter.odt";
  return read_document(
      make_zip({{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", content}}),
      hint);
}

std::string note(const char* kind, const char* label, const std::string& text) {
  return std::string("<text:note text:id=\"") + kind + label + "\" text:note-class=\"" + kind +
         "\"><text:note-citation>" + label + "</text:note-citation><text:note-body><text:p>" +
         text + "</text:p></text:note-body></text:note>";
}

TEST(OdtDocument, PairsAFootnoteWithTheQuotationBeforeIt) {
  const auto document = read_odt(
      "<text:h text:outline-level=\"1\">Bridges</text:h><text:p>The court held that “a bridge must "
      "be kept open to all who pay the toll”" +
      note("footnote", "1",
           "Smith v. Jones, <text:a "
           "xlink:href=\"https://court.example/smith#p3\">opinion</text:a>.") +
      ", and went on.</text:p>");
  ASSERT_TRUE(document) << document.error().message;
  ASSERT_EQ(document->sources.size(), 1U);
  EXPECT_EQ(document->sources[0].label, "1");
  EXPECT_EQ(document->sources[0].urls, std::vector<std::string>{"https://court.example/smith#p3"});
  ASSERT_EQ(document->citations.size(), 1U);
  EXPECT_EQ(document->citations[0].quote, "a bridge must be kept open to all who pay the toll");
}

TEST(OdtDocument, TellsAFootnoteFromAnEndnoteOfTheSameNumber) {
  const auto document =
      read_odt("<text:p>One fact." + note("footnote", "1", "A book, 1980.") + " Another fact." +
               note("endnote", "1", "https://gov.example/act") + "</text:p>");
  ASSERT_TRUE(document) << document.error().message;
  ASSERT_EQ(document->sources.size(), 2U);
  EXPECT_EQ(document->sources[0].id, "1");
  EXPECT_EQ(document->sources[1].id, "1-2");
  EXPECT_EQ(document->sources[1].urls, std::vector<std::string>{"https://gov.example/act"});
}

TEST(OdtDocument, LeavesOutWhatATrackedChangeDeleted) {
  const auto document = read_odt(
      "<text:tracked-changes><text:changed-region text:id=\"d1\"><text:deletion><text:p>must not "
      "</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>It said that "
      "“the "
      "gate <text:change text:change-id=\"d1\"/>shall be open at all hours”" +
      note("footnote", "1", "https://gov.example/gate") + ".</text:p>");
  ASSERT_TRUE(document) << document.error().message;
  ASSERT_EQ(document->citations.size(), 1U);
  EXPECT_EQ(document->citations[0].quote, "the gate shall be open at all hours");
}

TEST(OdtDocument, RefusesBrokenXmlAndEntitiesInWords) {
  for (const char* body : {"<text:p>open", "<text:p>&bomb;</text:p>"}) {
    const auto document = read_odt(body);
    ASSERT_FALSE(document) << body;
    EXPECT_NE(document.error().message.find("content.xml"), std::string::npos)
        << document.error().message;
  }
}

}  // namespace
}  // namespace loccit
