#include <string>

#include <gtest/gtest.h>

#include "documents/text_content.h"
#include "support/zip_builder.h"

namespace loccit {
namespace {

using namespace std::string_literals;
using testing::make_zip;

std::string text_of(std::string_view bytes, std::string_view media_type = "") {
  const auto content = read_text(bytes, media_type);
  return content ? content->text : "failure: " + content.error().message;
}

TEST(SniffMediaType, GoesByTheBytes) {
  EXPECT_EQ(sniff_media_type("%PDF-1.7", "text/plain"), "application/pdf");
  EXPECT_EQ(sniff_media_type("\x89PNG\r\n\x1A\n....", "text/html"), "image/png");
  EXPECT_EQ(sniff_media_type("\xFF\xD8\xFF\xE0", ""), "image/jpeg");
  EXPECT_EQ(sniff_media_type("\0\0\0\x18"
                             "ftypmp42"s,
                             "application/octet-stream"),
            "video/mp4");
  EXPECT_EQ(sniff_media_type(" <!DOCTYPE html><p>", ""), "text/html");
  EXPECT_EQ(sniff_media_type("\xFF\xFE<\0h\0t\0m\0l\0>\0"s, ""), "text/html");
  EXPECT_EQ(sniff_media_type("<html>", "image/jpeg"), "text/html");
  EXPECT_EQ(sniff_media_type("<?xml version='1.0'?><rss>", "text/xml"), "application/rss+xml");
  EXPECT_EQ(sniff_media_type("<?xml version='1.0'?><!-- x --><html>", "application/xml"),
            "application/xhtml+xml");
  EXPECT_EQ(sniff_media_type("{\"a\": 1}", ""), "application/json");
  EXPECT_EQ(sniff_media_type("just words", ""), "text/plain");
  EXPECT_EQ(sniff_media_type("<?xml version='1.0'?><feed>", "text/html"), "application/atom+xml");
  EXPECT_EQ(sniff_media_type("<?xml version='1.0'?><html>", "text/html"), "text/html");
  EXPECT_EQ(sniff_media_type("{\"a\": \"b\"}\n", "text/html"), "application/json");
  EXPECT_EQ(sniff_media_type("\x01\x02\x03\x04\x00\x06"s, "text/html"), "application/octet-stream");
}

TEST(SniffMediaType, LeavesALabelWhereBytesDoNotContradictIt) {
  EXPECT_EQ(sniff_media_type("<html><p>", "text/plain; charset=utf-8"), "text/plain");
  EXPECT_EQ(sniff_media_type("words only", "text/html"), "text/html");
  EXPECT_EQ(sniff_media_type("a,b", "text/csv"), "text/csv");
}

TEST(ReadText, NamesTheMediaTypeThatItCannotRead) {
  const auto content = read_text("\x89PNG\r\n\x1A\n", "text/html");
  ASSERT_FALSE(content);
  EXPECT_EQ(content.error().kind, FailureKind::unsupported);
  EXPECT_NE(content.error().message.find("image/png"), std::string::npos);
}

TEST(ReadText, ReadsTheBeginningOfWhatIsTooLong) {
  ReadLimits limits;
  limits.max_bytes = 8;
  const auto content = read_text("<p>12345<p>6789", "text/html", limits);
  ASSERT_TRUE(content);
  EXPECT_TRUE(content->truncated);
  EXPECT_EQ(content->text, "12345");
}

TEST(ReadText, DoesNotCutWhatNeedsItsEnd) {
  ReadLimits limits;
  limits.max_bytes = 8;
  const auto content = read_text("%PDF-1.7 and more", "application/pdf", limits);
  ASSERT_FALSE(content);
  EXPECT_EQ(content.error().kind, FailureKind::too_large);
}

TEST(ReadText, KeepsPlainTextAsItStands) {
  EXPECT_EQ(text_of("One line\r\n  another <b>\r\n\r\n\r\nNext \xE9t\xE9\n", "text/plain"),
            "One line\n  another <b>\nNext été");
  const auto content = read_text("a\nb\n\nc", "text/plain");
  ASSERT_TRUE(content);
  EXPECT_EQ(content->blocks.size(), 2U);
}

TEST(ReadText, ReadsTheStringsOfJson) {
  EXPECT_EQ(
      text_of(
          R"({"title": "Caf\u00e9 \"x\"", "n": 3, "list": ["one", "<p>two <b>th</b>ree</p>", "\ud83d\ude00"]})"),
      "Café \"x\"\none\ntwo three\n😀");
  EXPECT_EQ(text_of("{\"a\": \"cut off", "application/json"), "cut off");
}

// "<info@harbour.example>" was taken for a tag, and its words were lost.
TEST(ReadText, TakesNoAddressInAStringForATag) {
  EXPECT_EQ(text_of(R"({"a": "Write to <info@harbour.example> or <name>."})", "application/json"),
            "Write to <info@harbour.example> or <name>.");
}

TEST(ReadText, ReadsFeedsWithTheirHtml) {
  const auto content = read_text(
      "<?xml version='1.0'?><rss><channel><language>fr</language><title>News</title><item><title>A "
      "&amp; B</title>"
      "<description>&lt;p&gt;One &amp;amp; "
      "w&lt;b&gt;or&lt;/b&gt;d&lt;/p&gt;&lt;p&gt;two&lt;/p&gt;</description>"
      "<content><![CDATA[<div>three<br>four</div><script>no</script>]]></content></item></"
      "channel></rss>",
      "application/rss+xml");
  ASSERT_TRUE(content);
  EXPECT_EQ(content->text, "fr\nNews\nA & B\nOne & word\ntwo\nthree\nfour");
  EXPECT_EQ(content->title, "News");
  EXPECT_EQ(content->language, "fr");
}

TEST(ReadText, ReadsXmlWithoutObeyingItsDoctype) {
  EXPECT_EQ(text_of("<?xml version='1.0' encoding='windows-1251'?><!DOCTYPE a [<!ENTITY x "
                    "\"<b>bomb</b>\"><!ENTITY y '&x;&x;'>]>"
                    "<a><p>w<hi>or</hi>d \xEF</p><p>&y; <italic>two</italic> three</p></a>",
                    "application/xml"),
            "word п\n&y; two three");
  EXPECT_EQ(text_of("<a><b>unclosed<c>text", "text/xml"), "unclosedtext");
}

TEST(ReadText, ReadsDocxWithoutDeletionsAndHiddenRuns) {
  const std::string document =
      "<?xml version='1.0'?><w:document><w:body><w:p><w:pPr><w:pStyle "
      "w:val='Heading1'/></w:pPr><w:r><w:t>Title</w:t></w:r></w:p>"
      "<w:p><w:r><w:t xml:space='preserve'>The "
      "w</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>or</w:t></w:r><w:r><w:t>d</w:t></w:r>"
      "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t xml:space='preserve'> "
      "stays</w:t></w:r></w:ins>"
      "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:footnoteReference "
      "w:id='2'/></w:r><w:r><w:tab/><w:t>end</w:t><w:br/><w:t>line</w:t></w:r></w:p>"
      "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>jo</w:t></w:r></"
      "w:p><w:p><w:r><w:t>ined</w:t></w:r></w:p>"
      "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></"
      "w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>";
  const std::string file =
      make_zip({{"[Content_Types].xml", "<Types/>"},
                {"word/document.xml", document},
                {"word/footnotes.xml",
                 "<w:footnotes><w:footnote><w:p><w:r><w:t>A "
                 "note.</w:t></w:r></w:p></w:footnote></w:footnotes>"},
                {"docProps/core.xml",
                 "<cp:coreProperties><dc:title>Named &amp; done</dc:title></cp:coreProperties>"}});
  const auto content = read_text(file, "application/octet-stream");
  ASSERT_TRUE(content) << content.error().message;
  EXPECT_EQ(content->text, "Title\nThe word stays end\nline\njoined\na\nb\nA note.");
  EXPECT_EQ(content->title, "Named & done");
  EXPECT_EQ(content->blocks.front().kind, BlockKind::heading);
}

TEST(ReadText, ReadsOdtWithNotesAfterTheText) {
  const std::string xml =
      "<office:document-content><office:styles>no</"
      "office:styles><office:body><office:text><text:tracked-changes><text:p>no</text:p></"
      "text:tracked-changes>"
      "<text:h>Title</text:h><text:p>One<text:note><text:note-citation>1</"
      "text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note>"
      " w<text:span>or</text:span>d<text:s "
      "text:c='3'/>and<text:tab/>more<text:line-break/>line<office:annotation><text:p>no</text:p></"
      "office:annotation></text:p>"
      "</office:text></office:body></office:document-content>";
  const std::string file =
      make_zip({{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", xml}});
  const auto content = read_text(file, "application/vnd.oasis.opendocument.text");
  ASSERT_TRUE(content) << content.error().message;
  EXPECT_EQ(content->text, "Title\nOne1 word and more\nline\nA note.");
  ASSERT_EQ(content->skips.size(), 1U);
  EXPECT_EQ(content->skips[0].range, (TextRange{9, 10}));
}

TEST(ReadText, TakesTheCharsetOfTheHeader) {
  const auto content =
      read_text("<p>\xCF\xF0\xE8\xE2\xE5\xF2", "text/html; charset=\"windows-1251\"");
  ASSERT_TRUE(content);
  EXPECT_EQ(content->text, "Привет");
  EXPECT_EQ(content->charset, "windows-1251");
}

}  // namespace
}  // namespace loccit
