// The text of pages as papers, briefs and gazettes print them.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "documents/pdf_furniture.h"
#include "documents/pdf_text.h"
#include "pdf_lines.h"
#include "skipped.h"

namespace loccit {
namespace {

using testing::skipped;

using testing::line;

// Both with the words of the second one further right, as poppler joins two columns.
PdfLine joined(PdfLine left, const PdfLine& right) {
  left.box.right = right.box.right;
  left.words.insert(left.words.end(), right.words.begin(), right.words.end());
  return left;
}

TextContent text_of(std::vector<std::vector<PdfLine>> pages) {
  PdfLayout layout;
  for (std::vector<PdfLine>& lines : pages) {
    layout.pages.push_back({600, 800, std::move(lines)});
    join_rows(layout.pages.back());
  }
  drop_line_numbers(layout);
  return pdf_text(std::move(layout), {});
}

bool follow(const TextContent& content, const std::string& first, const std::string& second) {
  const std::size_t at = content.text.find(first);
  return at != std::string::npos && content.text.find(second, at) != std::string::npos;
}

// A paper in two columns: ten lines each, thirty letters wide.
std::vector<PdfLine> columns(const std::string& left, const std::string& right) {
  std::vector<PdfLine> lines;
  for (int i = 0; i < 10; ++i)
    lines.push_back(
        line(50, 300 + 12 * i, left + " words of a column " + std::to_string(i), 10, 1));
  for (int i = 0; i < 10; ++i)
    lines.push_back(
        line(320, 300 + 12 * i, right + " words of a column " + std::to_string(i), 10, 2));
  return lines;
}

TEST(PdfTextOrder, ReadsTheLeftColumnToItsFootFirst) {
  std::vector<PdfLine> lines = columns("left", "right");
  // Poppler gave a part of the left column last.
  lines.push_back(line(50, 440, "left foot of the first column", 10, 3));
  EXPECT_TRUE(follow(text_of({lines}), "left foot", "right words of a column 0"));
}

TEST(PdfTextOrder, PartsLinesOfAShortSecondColumn) {
  std::vector<PdfLine> lines;
  for (int i = 0; i < 10; ++i)
    lines.push_back(line(50, 300 + 12 * i, "the words of the left column go on", 10, 1));
  for (int i = 0; i < 2; ++i)
    lines[static_cast<std::size_t>(i)] =
        joined(lines[static_cast<std::size_t>(i)],
               line(240, 300 + 12 * i, "and end in the right one", 10));
  const std::string text = text_of({lines}).text;
  EXPECT_NE(text.find("and end in the right one and end in the right one"), std::string::npos)
      << text;
}

TEST(PdfTextOrder, TakesLinesAboveAFloatForNoTitle) {
  std::vector<PdfLine> lines = columns("left", "right");
  for (int i = 0; i < 3; ++i)
    lines.push_back(joined(line(50, 100 + 12 * i, "left words above the float", 10, 3),
                           line(320, 100 + 12 * i, "right words above it", 10, 3)));
  const TextContent content = text_of({lines});
  EXPECT_TRUE(follow(content, "left words of a column 9", "right words above it")) << content.text;
}

TEST(PdfTextOrder, PartsColumnsOfWhichPopplerMadeNoLine) {
  std::vector<PdfLine> lines;
  for (int i = 0; i < 10; ++i)
    lines.push_back(joined(line(50, 300 + 12 * i, "the left words of a column", 10, 1),
                           line(220, 300 + 12 * i, "the right words of a column", 10, 1)));
  EXPECT_NE(text_of({lines}).text.find("the left words of a column the left words"),
            std::string::npos);
}

TEST(PdfTextOrder, PutsWhatStandsAboveFirst) {
  const TextContent content =
      text_of({{line(50, 100, "The first paragraph of the page.", 10, 1),
                line(50, 300, "The third paragraph of the page.", 10, 2),
                line(50, 200, "The second paragraph of the page.", 10, 3)}});
  EXPECT_TRUE(follow(content, "second", "third")) << content.text;
}

TEST(PdfTextOrder, StepsOverTheNotesOfEachColumn) {
  std::vector<PdfLine> lines = columns("left", "right");
  lines.push_back(line(50, 700, "1", 5, 3));
  lines.push_back(line(60, 699, "See the report of the board", 8, 3));
  lines.push_back(line(50, 710, "and its annex.", 8, 3));
  lines.push_back(line(320, 432, "right words go on below the notes", 10, 4));
  const TextContent content = text_of({lines});
  EXPECT_EQ(skipped(content, SkipKind::page_furniture),
            "1 See the report of the board|and its annex.");
}

TEST(PdfTextOrder, StepsOverCaptionsAndHeadings) {
  const std::vector<PdfLine> lines = {
      line(50, 100, "The first paragraph of the page says something.", 10, 1),
      line(50, 200, "Figure 3: The boats of the harbour.", 10, 2),
      line(50, 300, "Figure 3 shows the boats of the harbour.", 10, 3),
      line(50, 400, "The harbour", 14, 4),
      line(50, 500, "The last paragraph of the page says no more.", 10, 5)};
  EXPECT_EQ(skipped(text_of({lines}), SkipKind::page_furniture),
            "Figure 3: The boats of the harbour.|The harbour");
}

TEST(PdfTextOrder, TakesANumberThatTheFootExplainsForANote) {
  PdfLine text = line(50, 100, "ya que los barcos salen del puerto todos los días", 12);
  text.words.insert(text.words.begin() + 1, {{60.5, 98, 63, 104}, "3"});  // after "ya"
  std::vector<PdfLine> lines = {text};
  for (int i = 0; i < 8; ++i)
    lines.push_back(line(50, 112 + 12 * i, "los barcos salen del puerto todos los días", 12));
  lines.push_back(line(50, 700, "3 Informe del puerto.", 8, 2));
  EXPECT_EQ(skipped(text_of({lines}), SkipKind::note_mark), "3");
  lines.back() = line(50, 700, "4 Informe del puerto.", 8, 2);
  EXPECT_EQ(skipped(text_of({lines}), SkipKind::note_mark), "");
}

TEST(PdfTextOrder, JoinsACapitalOverTwoLinesToItsWord) {
  const TextContent content =
      text_of({{line(50, 100, "D", 24, 1), line(56, 98, "enken Sie an die Netzwerkkarten", 12, 2),
                line(56, 110, "und an die Lampen im Hafen", 12, 2),
                line(50, 122, "und an die Schiffe im Hafen", 12, 2)}});
  EXPECT_EQ(content.text.find("Denken Sie an die Netzwerkkarten und"), 0U) << content.text;
}

// A font of Chinese claims twice the height, so that poppler takes its words for another block.
TEST(PdfTextOrder, JoinsAWordInAnotherFontToItsLine) {
  const TextContent content = text_of(
      {{line(50, 100, "Italiano, Magyar,", 12, 1), line(50, 114, "About these languages", 12, 1),
        line(138, 90, "日本語", 31, 2), line(50, 128, "and others of the page", 12, 3)}});
  EXPECT_NE(content.text.find("Magyar,日本語"), std::string::npos) << content.text;
}

// LaTeX sets the numbers of lines in the smallest type, and double spacing between them.
TEST(PdfTextOrder, DropsSmallNumbersOfLinesSetFarApart) {
  std::vector<PdfLine> lines;
  for (int i = 0; i < 12; ++i) {
    const double top = 100 + 24 * i + (i > 6 ? 40 : 0);  // a heading between
    lines.push_back(line(30, top + 4, std::to_string(41 + i), 5, 1));
    lines.push_back(line(72, top, "words of the pleading in line", 15, 2));
  }
  EXPECT_EQ(text_of({lines}).text.find_first_of("0123456789"), std::string::npos);
  // A last page with a few lines counts on.
  const std::vector<PdfLine> last = {
      line(30, 104, "53", 5, 1), line(72, 100, "and the last", 15, 2), line(30, 128, "54", 5, 1),
      line(72, 124, "words of it", 15, 2)};
  EXPECT_EQ(text_of({lines, last}).text.find_first_of("0123456789"), std::string::npos);
}

}  // namespace
}  // namespace loccit
