#include "documents/pdf_text.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "documents/code_points.h"
#include "documents/visual_order.h"
#include "skipped.h"

namespace loccit {
namespace {

using testing::skipped;

struct Piece {
  int x;
  int y;  // from the lower edge
  int size;
  std::string text;  // ASCII without parentheses
};

// The smallest PDF that holds these pieces, a page each.
std::string make_pdf(const std::vector<std::vector<Piece>>& pages) {
  std::vector<std::string> objects = {"<</Type/Catalog/Pages 2 0 R>>", "",
                                      "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"};
  std::string kids;
  for (const auto& page : pages) {
    std::string stream = "BT ";
    for (const Piece& piece : page) {
      stream += "/F " + std::to_string(piece.size) + " Tf 1 0 0 1 " + std::to_string(piece.x) +
                " " + std::to_string(piece.y) + " Tm (" + piece.text + ") Tj ";
    }
    stream += "ET";
    objects.push_back("<</Length " + std::to_string(stream.size()) + ">>stream\n" + stream +
                      "\nendstream");
    objects.push_back(
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>>>/Contents " +
        std::to_string(objects.size()) + " 0 R>>");
    kids += std::to_string(objects.size()) + " 0 R ";
  }
  objects[1] = "<</Type/Pages/Kids[" + kids + "]/Count " + std::to_string(pages.size()) + ">>";
  std::string pdf = "%PDF-1.4\n";
  std::vector<std::size_t> offsets;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    offsets.push_back(pdf.size());
    pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const std::size_t table = pdf.size();
  pdf += "xref\n0 " + std::to_string(objects.size() + 1) + "\n0000000000 65535 f \n";
  for (const std::size_t offset : offsets) {
    const std::string digits = std::to_string(offset);
    pdf += std::string(10 - digits.size(), '0') + digits + " 00000 n \n";
  }
  return pdf + "trailer<</Root 1 0 R/Size " + std::to_string(objects.size() + 1) +
         ">>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
}

TEST(PdfText, JoinsLinesAndKeepsHyphensAtTheirEnds) {
  const auto content = pdf_content(make_pdf({{{50, 700, 12, "The infor-"},
                                              {50, 686, 12, "mation is well-"},
                                              {50, 672, 12, "known to"},
                                              {50, 658, 12, "all."}}}),
                                   {});
  ASSERT_TRUE(content) << content.error().message;
  EXPECT_EQ(content->text, "The infor-\nmation is well-\nknown to all.");
}

TEST(PdfText, ReadsColumnsOneAfterTheOther) {
  std::vector<Piece> page;
  for (int line = 0; line < 8; ++line) {
    page.push_back({50, 700 - line * 14, 12, "left words of line " + std::to_string(line)});
    page.push_back({320, 700 - line * 14, 12, "right words of line " + std::to_string(line)});
  }
  const auto content = pdf_content(make_pdf({page}), {});
  ASSERT_TRUE(content) << content.error().message;
  EXPECT_LT(content->text.find("left words of line 7"),
            content->text.find("right words of line 0"));
}

TEST(PdfText, MarksRaisedNumbersAfterWordsAsNotes) {
  const auto content = pdf_content(make_pdf({{{50, 700, 12, "declaration"},
                                              {112, 705, 7, "1"},
                                              {120, 700, 12, "of 10"},
                                              {150, 705, 7, "6"},
                                              {160, 700, 12, "words"}}}),
                                   {});
  ASSERT_TRUE(content) << content.error().message;
  EXPECT_EQ(skipped(*content, SkipKind::note_mark), "1");
  EXPECT_NE(content->text.find("10\u2076 words"), std::string::npos) << content->text;
}

// A browser prints <sup> at five sixths of the size around it.
TEST(PdfText, MarksRaisedNumbersThatAreHardlySmaller) {
  const auto content = pdf_content(
      make_pdf({{{50, 700, 12, "declaration"}, {112, 704, 10, "1"}, {120, 700, 12, "of words"}}}),
      {});
  ASSERT_TRUE(content) << content.error().message;
  EXPECT_EQ(skipped(*content, SkipKind::note_mark), "1");
}

// Fixed-width letters are lower than their neighbours; that glued "in" to "stable" in half of a
// manual.
TEST(PdfText, TakesNoSmallerFontForARaisedMark) {
  const auto content = pdf_content(
      make_pdf({{{50, 700, 12, "uploads in"}, {109, 700, 8, "stable"}, {135, 700, 12, "only"}}}),
      {});
  ASSERT_TRUE(content) << content.error().message;
  EXPECT_EQ(content->text, "uploads in stable only");
  EXPECT_TRUE(content->skips.empty());
}

TEST(PdfText, MarksRunningHeadsPageNumbersAndFootnotes) {
  std::vector<std::vector<Piece>> pages;
  for (int page = 1; page <= 3; ++page) {
    std::vector<Piece> pieces = {
        {50, 760, 10, "A/75/1 Annual report, page " + std::to_string(page)}};
    for (int line = 0; line < 10; ++line) {
      const std::string text = "text " +
                               std::string(1, static_cast<char>('a' + page * 10 + line - 10)) +
                               " goes on over the page";
      pieces.push_back({50, 700 - line * 14, 12, text});
    }
    pieces.push_back({50, 120, 8, std::to_string(page) + " See the record of the meeting."});
    pieces.push_back({300, 40, 12, std::to_string(page)});
    pages.push_back(pieces);
  }
  const auto content = pdf_content(make_pdf(pages), {});
  ASSERT_TRUE(content) << content.error().message;
  EXPECT_EQ(skipped(*content, SkipKind::page_furniture),
            "A/75/1 Annual report, page 1|1 See the record of the meeting.|1|A/75/1 Annual report, "
            "page 2|2 See the record of the "
            "meeting.|2|A/75/1 Annual report, page 3|3 See the record of the meeting.|3");
}

TEST(PdfText, MarksATitleBesideThePageNumber) {
  std::vector<std::vector<Piece>> pages;
  for (int page = 1; page <= 2; ++page) {
    std::vector<Piece> pieces;
    for (int line = 0; line < 8; ++line) {
      pieces.push_back(
          {50, 700 - line * 14, 12,
           std::string(static_cast<std::size_t>(page * 8 + line), 'w') + " of the text"});
    }
    pieces.push_back({50, 40, 12, page == 1 ? "First section" : "Second part"});
    pieces.push_back({500, 40, 12, std::to_string(page)});
    pages.push_back(pieces);
  }
  const auto content = pdf_content(make_pdf(pages), {});
  ASSERT_TRUE(content) << content.error().message;
  EXPECT_EQ(skipped(*content, SkipKind::page_furniture), "First section|1|Second part|2");
}

TEST(PdfText, SaysThatThereIsNoTextInAScan) {
  const auto content = pdf_content(make_pdf({{}, {}}), {});
  ASSERT_FALSE(content);
  EXPECT_EQ(content.error().kind, FailureKind::unsupported);
}

TEST(PdfText, SaysThatABrokenPdfCannotBeRead) {
  const auto content = pdf_content("%PDF-1.4\nnot really", {});
  ASSERT_FALSE(content);
  EXPECT_EQ(content.error().kind, FailureKind::malformed);
}

std::string read_in_order(const std::vector<std::string>& seen) {
  std::string line;
  for (const LogicalWord& word : logical_words(seen)) line += (line.empty() ? "" : " ") + word.text;
  return line;
}

TEST(VisualOrder, TurnsRightToLeftLettersAndWordsRound) {
  EXPECT_EQ(read_in_order({"ارارحأ", "سانلا", "عيمج", "دلوي"}), "يولد جميع الناس أحرارا");
}

TEST(VisualOrder, KeepsLatinWordsAndNumbersInTheirOrder) {
  EXPECT_EQ(read_in_order({"2015", "תנשב", "GNU", "Linux", "קוחה"}), "החוק GNU Linux בשנת 2015");
  EXPECT_EQ(read_in_order({"plain", "words"}), "plain words");
}

TEST(VisualOrder, KeepsMarksOnTheirLetters) { EXPECT_EQ(read_in_order({"دّعمُ"}), "مُعدّ"); }

TEST(CodePoints, TellsArabicDigits) {
  EXPECT_TRUE(has_arabic_digits(".)٢٠٢٤"));
  EXPECT_TRUE(has_arabic_digits("۱۴۰۲"));
  EXPECT_FALSE(has_arabic_digits("2024 مئة"));
}

TEST(VisualOrder, MendsTheLigatureOfLamAndAlef) {
  EXPECT_EQ(read_in_order({"لولأا"}), "الأول");
  EXPECT_EQ(read_in_order({"\u0644\u0627"}), "\u0644\u0627");  // "no"
  EXPECT_EQ(read_in_order({"\u0628\u0627\u062A\u0643\u0644\u0627"}),
            "\u0627\u0644\u0643\u062A\u0627\u0628");  // "the book"
}

}  // namespace
}  // namespace loccit
