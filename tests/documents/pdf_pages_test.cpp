// Pages as poppler sees them, built by hand: columns, running heads, line numbers, mirrored text.
#include "documents/pdf_pages.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "documents/pdf_furniture.h"
#include "pdf_lines.h"

namespace loccit {
namespace {

constexpr double page_width = 600, page_height = 800;

using testing::line;

PdfPage page(std::vector<PdfLine> lines) { return {page_width, page_height, std::move(lines)}; }

std::string text_of(const PagedText& text) {
  std::string all;
  for (const PrintedPage& page : text.pages) {
    all += "<" + std::to_string(page.sheet) + ">";
    for (const PrintedLine& line : page.lines) all += line.text + "|";
  }
  return all;
}

PagedText pages(std::vector<PdfPage> layout) {
  PdfLayout all;
  all.pages = std::move(layout);
  drop_line_numbers(all);
  return pdf_pages(all);
}

TEST(PdfPages, ReadsDownEachColumnAndAcrossWhereALineSpansThem) {
  const auto text = pages({page({
      line(60, 100, "a title that runs over the whole width of the page and then some more words"),
      line(320, 130, "fourth line on the right side"),
      line(60, 130, "first line on the left side"),
      line(320, 142, "fifth line on the right side"),
      line(60, 142, "second line on the left side"),
      line(320, 154, "sixth line on the right side"),
      line(60, 154, "third line on the left side"),
  })});
  EXPECT_EQ(text_of(text),
            "<1>a title that runs over the whole width of the page and then some more words|first "
            "line on the left side|second line on the left side|third line on the left side|<1>"
            "fourth line on the right side|fifth line on the right side|sixth line on the right "
            "side|");
}

std::string gaps_of(const PagedText& text) {
  std::string all;
  for (const PrintedLine& line : text.pages.at(0).lines) all += std::to_string(line.gap);
  return all;
}

TEST(PdfPages, SeesTheNarrowGapAroundABlockQuotation) {
  EXPECT_EQ(gaps_of(pages({page({
                line(60, 100, "the board was asked for its log and gave it, and the log"),
                line(60, 113, "has this to say of the winter:"),
                line(85, 131, "closed by order of the board in the winter of that year"),
                line(60, 149, "the council was told of it and said nothing at all then"),
                line(60, 162, "and nothing later, which is all that is known of it now"),
                line(60, 175, "and will be known of it, since nobody is left to ask it"),
            })})),
            "001100");
}

TEST(PdfPages, StepsOverLabelsThatAreSetHighOnLinesOfTheirOwn) {
  const std::vector<std::string> notes = {
      "The ledger of the county, Isles Herald, 4 May 1993, and",
      "what became of it in later years, if anything.",
      "Minutes, Board of Harbours, on the closing of the berth",
      "and of everything that a ferry can make use of.",
      "Keeper, Lamps and Tides (Oxford, 1987), a book that says",
      "in as many words that nobody lit them.",
      "Interviews with five pilots, each of whom was there on",
      "the evening of that day in March."};
  std::vector<PdfLine> lines;
  double top = 100;
  for (std::size_t i = 0; i < notes.size(); i += 2, top += 22) {
    lines.push_back(line(72, top - 1, std::to_string(i / 2 + 1), 5));
    lines.push_back(line(77.5, top, notes[i], 8));
    lines.push_back(line(60, top + 11, notes[i + 1], 8));
  }
  EXPECT_EQ(gaps_of(pages({page(std::move(lines))})), "00000000");
}

TEST(PdfPages, SetsTheCellsOfATableFarApart) {
  PdfLine row = line(60, 100, "2019 survey");
  row.words.push_back({{250, 100, 275, 110}, "Board"});
  EXPECT_EQ(text_of(pages({page({row})})), "<1>2019 survey    Board|");
}

TEST(PdfPages, TakesLabelsBesideTheirNotesForNoColumn) {
  const auto text = pages({page({
      line(60, 700, "1", 6),
      line(70, 700, "the first note of the page goes on"),
      line(60, 712, "2", 6),
      line(70, 712, "the second note of the page goes on"),
      line(60, 724, "3", 6),
      line(70, 724, "the third note of the page goes on"),
  })});
  ASSERT_EQ(text.pages.size(), 1U);
  EXPECT_EQ(text.pages[0].lines.size(), 3U);
}

TEST(PdfPages, DropsRunningHeadsThatAlternateAndWhatStandsOutsideOfThem) {
  std::vector<PdfPage> all;
  for (int number = 1; number <= 4; ++number) {
    const std::string numeral = std::to_string(number);
    all.push_back(page({
        line(200, 30, number % 2 == 1 ? "Cite as: 601 U. S. 1" : "PILOTS v. PORT, page " + numeral),
        line(200, 42, "Opinion of the Court"),
        line(60, 300, "Text of page " + std::string(static_cast<std::size_t>(number), 'x')),
    }));
  }
  EXPECT_EQ(text_of(pages(all)),
            "<1>Text of page x|<2>Text of page xx|<3>Text of page xxx|<4>Text of page xxxx|");
}

TEST(PdfPages, KeepsNotesThatEndOnePageAfterAnother) {
  std::vector<PdfPage> all;
  for (int number = 1; number <= 4; ++number) {
    all.push_back(
        page({line(60, 300, "Text of page " + std::string(static_cast<std::size_t>(number), 'x')),
              line(60, 688, std::to_string(2 * number) + " See page one.", 8),
              line(60, 698, std::to_string(2 * number + 1) + " Ibid.", 8),
              line(300, 760, std::to_string(number))}));
  }
  EXPECT_EQ(
      text_of(pages({all[0], all[1]})),
      "<1>Text of page x|2 See page one.|3 Ibid.|<2>Text of page xx|4 See page one.|5 Ibid.|");
}

TEST(PdfPages, DropsTheNumbersOfLinesOnPleadingPaper) {
  std::vector<PdfLine> lines;
  for (int number = 1; number <= 10; ++number) {
    lines.push_back(line(30, 100 + 20 * number, std::to_string(number)));
    lines.push_back(line(72, 100 + 20 * number, "words of the pleading in line"));
  }
  const auto text = pages({page(std::move(lines))});
  ASSERT_EQ(text.pages.size(), 1U);
  ASSERT_EQ(text.pages[0].lines.size(), 10U);
  for (const PrintedLine& each : text.pages[0].lines)
    EXPECT_EQ(each.text, "words of the pleading in line");
}

TEST(PdfPages, DropsTheNumbersOfLinesThatHeadingsPart) {
  std::vector<PdfLine> lines;
  double top = 100;
  for (int i = 40; i < 52; ++i) {
    lines.push_back(line(40, top + 3, std::to_string(i), 6));
    lines.push_back(line(60, top, "the council was told of it and said nothing"));
    top += i % 3 == 0 ? 35 : 24;
  }
  EXPECT_EQ(text_of(pages({page(std::move(lines))})).find("45"), std::string::npos);
}

TEST(PdfPages, KeepsTheLabelsOfNumberedParagraphs) {
  std::vector<PdfLine> lines;
  for (int number = 1; number <= 10; ++number) {
    lines.push_back(line(30, 60 * number, std::to_string(number)));
    lines.push_back(line(72, 60 * number, "words of a paragraph"));
  }
  const auto text = pages({page(std::move(lines))});
  EXPECT_NE(text_of(text).find("1 words of a paragraph"), std::string::npos);
}

TEST(PdfPages, TakesAFileNameForNoTitle) {
  PdfLayout layout;
  layout.title = "Microsoft Word - final2.doc";
  layout.pages.push_back(page({line(60, 90, "words")}));
  EXPECT_EQ(pdf_pages(layout).title, "");
  layout.title = "report.pdf";
  EXPECT_EQ(pdf_pages(layout).title, "");
  layout.title = "Report No. 5";
  EXPECT_EQ(pdf_pages(layout).title, "Report No. 5");
}

TEST(PdfPages, PartsALineThatPopplerMadeOfTwoColumns) {
  PdfLine both = line(60, 130, "first line on the left");
  const PdfLine right = line(182, 130, "first line on the right");
  both.words.insert(both.words.end(), right.words.begin(), right.words.end());
  both.box.right = right.box.right;
  const auto text = pages({page({
      both,
      line(60, 142, "second line on the left"),
      line(60, 154, "third line on the left"),
      line(60, 166, "fourth line on the left"),
      line(182, 142, "second line on the right"),
      line(182, 154, "third line on the right"),
      line(182, 166, "fourth line on the right"),
  })});
  EXPECT_EQ(text_of(text),
            "<1>first line on the left|second line on the left|third line on the left|fourth line "
            "on the left|<1>first line on the right|second line on the right|third line on the "
            "right|fourth line on the right|");
}

TEST(PdfPages, TellsTheSizeOfALineByMostOfItsLetters) {
  PdfLine mixed = line(60, 100, "the words of the line and one more");
  mixed.words.back().box.top -= 8;
  const auto text = pages({page({mixed, line(60, 112, "https://a.example/b", 14)})});
  EXPECT_DOUBLE_EQ(text.pages[0].lines[0].type_size, 10);
  EXPECT_DOUBLE_EQ(text.pages[0].lines[1].type_size, 10) << "a URL says nothing of the size";
}

TEST(PdfPages, OutliveBoxesOfLessThanNoHeight) {
  PdfLine upside_down = line(100, 100, "The lamps are lit.");
  upside_down.box.bottom = upside_down.box.top - 10;
  PdfLayout layout;
  layout.pages = {page({upside_down, line(100, 120, "So they are.")})};
  const PagedText text = pdf_pages(layout);
  EXPECT_NE(text_of(text).find("The lamps are lit."), std::string::npos);
}

}  // namespace
}  // namespace loccit
