// DOCX and ODT that are damaged, hostile or locked: a failure that names the file and the place, or
// a warning and the rest.
#include <algorithm>
#include <iterator>

#include <gtest/gtest.h>

#include "documents/document.h"
#include "support/zip_builder.h"

namespace loccit {
namespace {

using testing::make_zip;
using testing::ZipPiece;

const std::string word =
    R"(<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>)";
const std::string word_end = "</w:body></w:document>";
const std::string paragraph =
    "<w:p><w:r><w:t>“The river is nobody’s but the river’s”</w:t></w:r>"
    R"(<w:r><w:footnoteReference w:id="1"/></w:r></w:p>)";
const std::string relations =
    R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)"
    R"(<Relationship Id="r1" Type="http://x/footnotes" Target="footnotes.xml"/></Relationships>)";
const std::string notes =
    R"(<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">)"
    R"(<w:footnote w:id="1"><w:p><w:r><w:t>https://a.example</w:t></w:r></w:p></w:footnote>)";

std::string docx(const std::string& document, const std::string& footnotes,
                 std::vector<ZipPiece> more = {}) {
  std::vector<ZipPiece> pieces = {{"word/document.xml", document},
                                  {"word/_rels/document.xml.rels", relations},
                                  {"word/footnotes.xml", footnotes}};
  std::ranges::move(more, std::back_inserter(pieces));
  return make_zip(pieces);
}

Result<Document> read(const std::string& bytes, const char* name, const ReadLimits& limits = {}) {
  return read_document(bytes, {.file_name = name}, limits);
}

TEST(DamagedOfficeFile, ReadsWhatStandsBeforeTheBreakAndSaysWhereItIs) {
  const auto document =
      read(docx(word + paragraph + "<w:p><w:r", notes + "</w:footnotes>"), "brief.docx");
  ASSERT_TRUE(document) << document.error().message;
  EXPECT_EQ(document->citations.size(), 1U);
  ASSERT_EQ(document->warnings.size(), 1U);
  EXPECT_NE(document->warnings[0].message.find("word/document.xml of brief.docx is broken in line"),
            std::string::npos)
      << document->warnings[0].message;
}

TEST(DamagedOfficeFile, ReadsTheTextWhereTheNotesAreBroken) {
  const auto document =
      read(docx(word + paragraph + word_end, notes + "<w:footnote w:id=\"2\"><"), "brief.docx");
  ASSERT_TRUE(document) << document.error().message;
  EXPECT_EQ(document->sources.size(), 1U);
  ASSERT_FALSE(document->warnings.empty());
  EXPECT_NE(document->warnings[0].message.find("word/footnotes.xml"), std::string::npos);
}

TEST(DamagedOfficeFile, MayBeCutOffInItsFirstHeader) {
  const std::string bytes = make_zip({{"word/document.xml", word + paragraph + word_end, true}});
  for (std::size_t size = 4; size < 60; ++size)
    EXPECT_FALSE(read_document(bytes.substr(0, size), {.file_name = "a.docx"})) << size;
}

TEST(DamagedOfficeFile, NamesTheFileWhereTheZipIsCutOff) {
  const std::string bytes = make_zip({{"word/document.xml", word + paragraph + word_end, true}});
  const auto document = read(bytes.substr(0, 120), "brief.docx");
  ASSERT_FALSE(document);
  EXPECT_NE(document.error().message.find("brief.docx"), std::string::npos);
}

TEST(HostileOfficeFile, RefusesEntitiesOfItsOwnInsideAndOutside) {
  for (const std::string declaration :
       {"<!DOCTYPE x [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]>",
        "<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x.dtd\">",
        "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>"}) {
    const auto document =
        read(docx(declaration + word + paragraph + word_end, notes + "</w:footnotes>"), "b.docx");
    ASSERT_FALSE(document) << declaration;
    EXPECT_NE(document.error().message.find("word/document.xml of b.docx declares"),
              std::string::npos);
  }
}

TEST(HostileOfficeFile, StopsABombAtTheLimit) {
  const std::string bytes =
      make_zip({{"word/document.xml", word + std::string(8'000'000, ' ') + word_end, true}});
  const auto document = read(bytes, "b.docx");
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().kind, FailureKind::too_large);
}

TEST(HostileOfficeFile, IgnoresMacros) {
  const auto document = read(docx(word + paragraph + word_end, notes + "</w:footnotes>",
                                  {{"word/vbaProject.bin", "Sub AutoOpen()"}}),
                             "b.docm");
  ASSERT_TRUE(document) << document.error().message;
  EXPECT_EQ(document->citations.at(0).quote, "The river is nobody’s but the river’s");
}

TEST(LockedOfficeFile, SaysThatItIsEncrypted) {
  const auto odt =
      read(make_zip({{"mimetype", "application/vnd.oasis.opendocument.text"},
                     {"content.xml", "\x12\x99 no XML"},
                     {"META-INF/manifest.xml", "<m><f><manifest:encryption-data/></f></m>"}}),
           "b.odt");
  ASSERT_FALSE(odt);
  EXPECT_EQ(odt.error().kind, FailureKind::encrypted);
  EXPECT_EQ(odt.error().message, "b.odt is encrypted; save it without its password");

  std::string container = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
  for (const char c : std::string("EncryptedPackage")) container += {c, '\0'};
  const auto encrypted = read(container, "b.docx");
  ASSERT_FALSE(encrypted);
  EXPECT_EQ(encrypted.error().kind, FailureKind::encrypted);
}

}  // namespace
}  // namespace loccit
