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

std::string labels(const Document& document) {
  std::string all;
  for (const Source& source : document.sources) all += source.label + "=" + source.note + "|";
  return all;
}

Document read_text(const std::string& text) {
  return read_document(text, {.file_name = "a.txt", .notes_only = true}).value();
}

TEST(ReadTextDocument, FindsNotesWithoutARuleByWhatThePageCalls) {
  EXPECT_EQ(labels(read_text("1. The court has held so,1 and again in 1987.2\n"
                             "2. It did not say why.\n"
                             "1 Doe v. Roe, 5 Rep. 12 (1986).\n"
                             "2 Ibid.\n\f"
                             "3. And a third time.3\n\n3 Roe v. Doe, 6 Rep. 1 (1990).\n")),
            "1=Doe v. Roe, 5 Rep. 12 (1986).|2=Ibid.|3=Roe v. Doe, 6 Rep. 1 (1990).|");
}

TEST(ReadTextDocument, ReadsTheSlashedNumbersOfOlderDocuments) {
  const auto read = read_text(
      "1. The Council recalled its resolution 12 (1957) 1/ and noted that 3/4 of the wells were\n"
      "closed, which it described as \"a breach of the treaty of 1922\". 2/\n\n-----\n\n"
      "1/ Official Records of the Council, Third Session, Supplement No. 4.\n\n"
      "2/ Ibid., p. 7.\n");
  EXPECT_EQ(labels(read),
            "1=Official Records of the Council, Third Session, Supplement No. 4.|2=Ibid., p. 7.|");
  ASSERT_EQ(read.citations.size(), 2U);
  EXPECT_EQ(read.citations[1].quote, "a breach of the treaty of 1922");
}

TEST(ReadTextDocument, TakesNumberedParagraphsForNoNotes) {
  EXPECT_EQ(labels(read_text("The parties agree as follows.\n\n1. Nobody shall pass.\n\n2. Nobody "
                             "shall stay.\n\n3. All is well.\n")),
            "");
}

TEST(ReadTextDocument, TakesATableOfContentsForNoNotes) {
  EXPECT_EQ(labels(read_text("Contents of release 12.5 and 12.6\n\n5 Pipes . . . . . . . . 49\n"
                             "6 Wells . . . . . . . . . 57\n")),
            "");
}

TEST(ReadTextDocument, ReadsTheRestOfANoteOnTheNextPage) {
  EXPECT_EQ(
      labels(read_text("The board closed the well.1\n\n1 Minutes of the board, in which the\n\f"
                       "Nobody drank from it again.\n\nreasons are given at length.\n")),
      "1=Minutes of the board, in which the reasons are given at length.|");
}

TEST(ReadTextDocument, KeepsNotesThatEndEachPageAndDropsItsNumber) {
  EXPECT_EQ(labels(read_text("One thing is said.1\n1 Ibid.\n\nA/1/2\n\f"
                             "Another thing is said.2\n2 Ibid.\n\nA/1/2\n\f"
                             "A third thing is said.3\n3 Ibid.\n\nA/1/2\n")),
            "1=Ibid.|2=Ibid.|3=Ibid.|");
}

TEST(ReadTextDocument, LeavesNumbersToTheNamesThatHaveThem) {
  const auto read = read_text(
      "The package libfoo12 was removed, since libfoo13 is better.1\n\nNo libfoo is left.\n"
      "-----\n1 https://example.org/libfoo\n");
  for (const Warning& warning : read.warnings)
    EXPECT_EQ(warning.message.find("looks like"), std::string::npos) << warning.message;
}

TEST(ReadTextDocument, FindsAMarkAfterANumberThatEndsASentence) {
  const auto read = read_text(
      "He came at noon.1\n\nThe log says:\n\n     Closed from 06:00. Pilots told at 06:10.2\n\n"
      "It rose by 3.5 percent.3\n-----\n1 Ibid.\n2 Log, https://log.example/.\n3 Ibid.\n");
  ASSERT_EQ(read.citations.size(), 3U);
  EXPECT_EQ(read.citations[1].quote, "Closed from 06:00. Pilots told at 06:10.");
}

TEST(ReadTextDocument, LeavesThePrintersNumbersOutOfWhatAStatementSays) {
  const auto read = read_text(
      "I. States\n\nNote verbale of Leeward1\n\nLeeward, 3 June 2024\n\nThe treaty stands.\n\n"
      "_____\n\n1 Note verbale No. 44/2024.\n\n24-11223 (S)    240624    250624\n*2411223*\n");
  ASSERT_EQ(read.citations.size(), 1U);
  EXPECT_EQ(read.citations[0].quote, "The treaty stands.");
  EXPECT_EQ(labels(read), "1=Note verbale No. 44/2024.|");
}

TEST(ReadTextDocument, ReadsLabelsGluedToChineseAndArabicNotes) {
  const auto read = read_text(
      "委员会指出，“没有法律依据不得征收通行费”，1各国应避免单方面措施。2\n_____\n"
      "1见https://a.example/zh（2024年5月3日访问）。\n2同上，第12段。\n");
  EXPECT_EQ(labels(read), "1=见https://a.example/zh（2024年5月3日访问）。|2=同上，第12段。|");
  ASSERT_EQ(read.citations.size(), 2U);
  EXPECT_EQ(read.citations[0].quote, "没有法律依据不得征收通行费");
  EXPECT_EQ(labels(read_text("صدر القرار.1\n_____\n1القرار الثاني عشر\n")), "1=القرار الثاني عشر|");
}

TEST(ReadTextDocument, ReadsPlacesAndDatesAsTheLanguagesOfTheUnitedNationsPrintThem) {
  const auto place_and_date_of = [](const std::string& line) {
    const auto read = read_text("I. States\n\nA declaration1\n\n" + line +
                                "\n\nThe Board has met.\n\n_____\n1 https://a.example/1\n");
    EXPECT_EQ(read.citations.size(), 1U);
    EXPECT_EQ(read.citations.front().quote, "The Board has met.") << line;
    return read.citations.front().place + ", " + read.citations.front().date;
  };
  EXPECT_EQ(place_and_date_of("New York, 14 de mayo de 2024"), "New York, 2024-05-14");
  EXPECT_EQ(place_and_date_of("Женева, 15 мая 2024 г."), "Женева, 2024-05-15");
  EXPECT_EQ(place_and_date_of("Genève, le 1er juin 2024"), "Genève, 2024-06-01");
  EXPECT_EQ(place_and_date_of("日内瓦，2024年6月2日"), "日内瓦, 2024-06-02");
  EXPECT_EQ(place_and_date_of("جنيف، ٣ أيار/مايو ٢٠٢٤"), "جنيف, 2024-05-03");
  EXPECT_EQ(place_and_date_of("نيويورك، 4 كانون الثاني/يناير 2024"), "نيويورك, 2024-01-04");
  EXPECT_EQ(place_and_date_of("Estmere / Estmère, 12 May 2024 / 12 mai 2024"),
            "Estmere / Estmère, 2024-05-12");
  EXPECT_EQ(place_and_date_of("12 May 2024, Geneva"), "Geneva, 2024-05-12");
}

TEST(ReadTextDocument, ReadsColumnsThatALayoutPrintsSideBySide) {
  const std::string page =
      "                        The state of the orchards in 2020, by the county's watch\n"
      "\n"
      " Old orchards are disappearing. Of the 8,400          of those nineteen, and has agreed to "
      "take\n"
      " orchards that stood on the map of 1955,              the other twelve.\n"
      " fewer than 1,900 are left.1 Those that are\n"
      " left are older, smaller and farther apart. The       The law as it stands protects a hedge "
      "better\n"
      " county plan of 2012 promised that “no or\u2010            than an orchard. We recommend "
      "that it\n"
      " chard of more than forty trees shall be              be changed as the agency proposed: “A "
      "re\u2010\n"
      " cleared without replacement”,2 and yet 112           placement is not a replacement until "
      "it\n"
      " such orchards were cleared in the eight\n"
      " years that followed.                                 bears”.3 Nothing speaks against "
      "that.\n"
      "\n"
      " The national collection holds grafts of six          Notes\n"
      " trees, and has asked for more of them than           1. County Record Office, Survey of "
      "1955.\n"
      " the county has. We know a single tree each           2. County Plan 2012, "
      "https://county.example/\n"
      " of another nineteen, and the collection              policies/31-orchards.\n"
      " holds grafts of seven                                3. Agency for Habitats, Proposal "
      "07/22.\n";
  const auto read = read_text(page);
  EXPECT_EQ(labels(read),
            "1=County Record Office, Survey of 1955.|"
            "2=County Plan 2012, https://county.example/policies/31-orchards.|"
            "3=Agency for Habitats, Proposal 07/22.|");
  ASSERT_EQ(read.citations.size(), 3U);
  EXPECT_EQ(read.citations[1].quote,
            "no orchard of more than forty trees shall be cleared without replacement");
  EXPECT_EQ(read.citations[2].quote, "A replacement is not a replacement until it bears");
  EXPECT_EQ(read.citations[2].location.line, 11);
  EXPECT_EQ(read.citations[2].location.column, 62);
}

TEST(ReadTextDocument, DropsTheNumbersOfLinesInTheMargin) {
  std::string page;
  for (int i = 1; i <= 12; ++i) {
    const std::string number = std::to_string(i);
    page += std::string(3 - number.size(), ' ') + number + "   " +
            (i == 5   ? "The board said that “no vessel of more than two"
             : i == 6 ? "metres may pass after sunset.”1 It said so again"
                      : "in the years that came after, and in those after") +
            "\n\n";
  }
  const auto read = read_text(page + "_____\n\n1 Minutes.\n");
  ASSERT_EQ(read.citations.size(), 1U);
  EXPECT_EQ(read.citations[0].quote, "no vessel of more than two metres may pass after sunset.");
}

TEST(ReadTextDocument, TakesNoAddressForANoteThatOnlyBracketsCall) {
  EXPECT_EQ(labels(read_text("1.1. Lamps\n\nLamps burn [A]. The frame has two fields [1].\n\n\f"
                             "References\n\n[A] A. Wick, Lamps, 1999.\n[B] B. Wax, Wax, 2001.\n\n"
                             "Author's address\n\n   1 Light Street\n   Wick\n")),
            "A=A. Wick, Lamps, 1999.|B=B. Wax, Wax, 2001.|");
}

TEST(ReadTextDocument, ReadsATableRowByRow) {
  std::string table, notes = "\n_____\n";
  int number = 0;
  for (const char* port :
       {"Wick", "Skerry", "Estmere", "Quillon", "Leeward", "Greywater", "Mull"}) {
    const std::string cell = std::string(port) + std::to_string(++number);
    table += "  " + cell + std::string(40 - cell.size(), ' ') + "crowns" +
             std::to_string(++number) + "\n";
  }
  for (int i = 1; i <= number; ++i) notes += std::to_string(i) + " Ibid.\n";
  const auto read = read_text(table + notes);
  ASSERT_EQ(read.citations.size(), 14U);
  EXPECT_EQ(read.citations[1].sources, std::vector<std::string>{"2"});
  EXPECT_EQ(read.citations[13].sources, std::vector<std::string>{"14"});
}

TEST(ReadTextDocument, TakesTwoNumbersAfterAWordForTwoMarks) {
  const auto read = read_text(
      "One.1 Nine wells are alive.2,3 It rose by 3,4 percent.\n_____\n1 A.\n2 B.\n3 C.\n4 D.\n");
  ASSERT_GE(read.citations.size(), 2U);
  EXPECT_EQ(read.citations[1].sources, (std::vector<std::string>{"2", "3"}));
}

TEST(ReadTextDocument, TakesNoHeadingAtAColumnsEndForANote) {
  EXPECT_EQ(
      labels(read_text("Lamps burn [16]. They smoke [17].\n\n16 CONCLUSIONS\nAll is said.\n\f"
                       "References\n\n[16] A. Wick, Lamps, 1999.\n[17] B. Wax, Wax, 2001.\n")),
      "16=A. Wick, Lamps, 1999.|17=B. Wax, Wax, 2001.|");
}

TEST(ReadTextDocument, SeesAQuotationThatIsSetInWithNoBlankLineAroundIt) {
  const std::string paragraph =
      "    The council was told of it, and said nothing of it then or in the years that came\n"
      "after, though it was asked for its view by three of the boards that depend on it.\n";
  const auto read =
      read_text("1     Findings\n" + paragraph + paragraph +
                "    The report is plain:\n"
                "         The berth was closed by order of the board.1\n"
                "Nothing was said of it then, nor in the years that came after, and no\n"
                "word of it was written down.2\n" +
                paragraph + "_____\n1 Minutes.\n2 Ibid.\n");
  ASSERT_EQ(read.citations.size(), 2U);
  EXPECT_EQ(read.citations[0].quote, "The berth was closed by order of the board.");
  EXPECT_EQ(read.citations[0].heading, std::vector<std::string>{"1 Findings"});
  EXPECT_EQ(read.citations[1].quote, std::nullopt);
}

TEST(ReadTextDocument, JoinsAPermanentLinkThatIsBrokenBeforeItsKey) {
  const auto read =
      read_text("As was said.1\n_____\n1 A. Wick, archived at https://perma.cc/\nA03B-C03D.\n");
  ASSERT_EQ(read.sources.size(), 1U);
  EXPECT_EQ(read.sources[0].urls, std::vector<std::string>{"https://perma.cc/A03B-C03D"});
}

TEST(ReadTextDocument, JoinsADoiThatIsBrokenAfterItsStop) {
  const auto read =
      read_text("As was said.1\n_____\n1 A. Wick, https://doi.org/10.5555/1188913.\n1188915\n");
  ASSERT_EQ(read.sources.size(), 1U);
  EXPECT_EQ(read.sources[0].urls,
            std::vector<std::string>{"https://doi.org/10.5555/1188913.1188915"});
}

TEST(ReadTextDocument, ReadsTheNotesOfAPrintedPageByTheArrowsThatLeadBack) {
  const auto read = read_text(
      "The board said that “nobody had asked for it”.¹ Others agree.²³\n\n\n"
      "   1. Minutes, https://a.example/1.↩\uFE0E\n\n   2. Ibid., p. 15.↩\uFE0E\n\n"
      "   3. Wick, Lamps, 1999.↩\uFE0E\n");
  EXPECT_EQ(labels(read), "1=Minutes, https://a.example/1.|2=Ibid., p. 15.|3=Wick, Lamps, 1999.|");
  ASSERT_EQ(read.citations.size(), 2U);
  EXPECT_EQ(read.citations[1].sources, (std::vector<std::string>{"2", "3"}))
      << "two marks with nothing between";
}

TEST(ReadDocument, KeepsAnotherWorkOfTheSameAuthorApart) {
  const auto read = read_text(
      "One thing.1 Another.2\n_____\n1 Board, https://a.example/1\n"
      "2 Idem, Rules, https://b.example/2\n");
  ASSERT_EQ(read.sources.size(), 2U);
  EXPECT_EQ(read.sources[1].urls, std::vector<std::string>{"https://b.example/2"});
}

TEST(ReadDocument, GivesTheUrlsOfANoteBeforeThoseOfTheOneItMentions) {
  const auto read = read_text(
      "One thing.1 Another.2 A third.3\n_____\n1 https://a.example/1\n"
      "2 https://b.example/2; see also note 1 above.\n3 As above, p. 7.\n");
  ASSERT_EQ(read.sources.size(), 3U);
  EXPECT_EQ(read.sources[1].urls,
            (std::vector<std::string>{"https://b.example/2", "https://a.example/1"}));
  EXPECT_EQ(read.sources[2].refers_to, "2");
}

TEST(ReadTextDocument, UndoesAHyphenThatTheTypesetterPutIntoAUrl) {
  const auto read =
      read_text("As was said.1\n_____\n1 https://coun\u2010\nty.example.org/a\u00AD\nb-c.\n");
  ASSERT_EQ(read.sources.size(), 1U);
  EXPECT_EQ(read.sources[0].urls, std::vector<std::string>{"https://county.example.org/ab-c"});
}

TEST(ReadDocument, ReadsATypographersHyphenInAUrlAsAHyphen) {
  const auto read =
      read_document("See http://a.example/b\u2010c/d\u2011e for more.\n", {.file_name = "a.txt"});
  ASSERT_EQ(read->sources.size(), 1U);
  EXPECT_EQ(read->sources[0].urls, std::vector<std::string>{"http://a.example/b-c/d-e"});
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

// Made by a program, as papers are that number their sources: two notes at the foot of every page,
// alike but for their figures, are no running foot.
TEST(ReadDocument, KeepsNotesThatDifferInTheirFiguresAlone) {
  std::string text;
  for (int page = 0; page < 6; ++page) {
    if (page > 0) text += '\f';
    std::string notes;
    for (int i = 1; i <= 2; ++i) {
      const std::string number = std::to_string(2 * page + i);
      text += "The council of the isles recalls the dues of harbour " +
              std::string(1, static_cast<char>('a' + page)) +
              " and asks\nits members to report \u201Cbefore the spring tide of year " + number +
              "\u201D." + number + " They did so.\n\n";
      notes += number + " Council, Report, https://isles.example/" + number +
               "/report.html, 3 May 2024.\n";
    }
    text += "\n" + notes;
  }
  const auto document = read_document(text, {.file_name = "report.txt"});
  ASSERT_TRUE(document) << document.error().message;
  ASSERT_EQ(document->sources.size(), 12U);
  ASSERT_EQ(document->citations.size(), 12U);
  EXPECT_EQ(document->sources[11].urls,
            std::vector<std::string>{"https://isles.example/12/report.html"});
}

}  // namespace
}  // namespace loccit
