#include <gtest/gtest.h>

#include "base/text.h"
#include "documents/document.h"

namespace loccit {
namespace {

Document read(std::string_view body, std::string_view preamble = "") {
  const std::string text = "\\documentclass{article}\n" + std::string(preamble) +
                           "\\begin{document}\n" + std::string(body) + "\n\\end{document}\n";
  const auto document = read_document(text, {.file_name = "paper.tex"});
  EXPECT_TRUE(document) << document.error().message;
  return document ? *document : Document{};
}

std::string quote_in(std::string_view body, std::string_view preamble = "") {
  const Document document = read(body, preamble);
  EXPECT_EQ(document.citations.size(), 1U);
  return document.citations.empty() ? "" : document.citations[0].quote.value_or("(none)");
}

TEST(LatexDocument, ReadsEachWayToWriteQuotationMarks) {
  const std::string words = "the river is nobody's but the river's";
  const std::string read_words = "the river is nobody’s but the river’s";
  for (const auto& [open, close] :
       std::vector<std::pair<std::string, std::string>>{{"``", "''"},
                                                        {"`", "'"},
                                                        {"\"`", "\"'"},
                                                        {"\\enquote{", "}"},
                                                        {"\\glqq ", "\\grqq{}"},
                                                        {"\\guillemotleft ", "\\guillemotright{}"},
                                                        {"<<", ">>"},
                                                        {",,", "``"},
                                                        {"“", "”"}}) {
    EXPECT_EQ(quote_in("He said: " + open + words + close + ".\\footnote{A note.}"), read_words)
        << open;
  }
}

TEST(LatexDocument, UndoesAccentsLigaturesAndSigns) {
  EXPECT_EQ(quote_in("``Fran\\c{c}ois d\\'ej\\`a vu na\\\"{\\i}f \\o{}re --- 5\\,\\% of "
                     "\\$10\\ldots''\\footnote{x}"),
            "François déjà vu naïf øre — 5 % of $10…");
}

TEST(LatexDocument, LeavesOutWhatIsNotPrinted) {
  const Document document = read(
      "A word.% ``a comment is no quote of anybody''\\footnote{no note}\n"
      "\\begin{comment}\\footnote{https://no.example}\\end{comment}"
      "\\begin{verbatim}\\footnote{https://no.example}\\end{verbatim}"
      "\\verb|\\footnote{https://no.example}| $\\frac{1}{2}$ \\[\\footnote{https://no.example}\\]");
  EXPECT_TRUE(document.sources.empty());
}

TEST(LatexDocument, ExpandsTheAuthorsOwnCommands) {
  EXPECT_EQ(quote_in("\\says{the Board}{fog is weather, and no more}\\footnote{x}",
                     "\\newcommand{\\says}[2]{#1 said that ``#2''}\\def\\unused#1{#1}"),
            "fog is weather, and no more");
}

TEST(LatexDocument, TakesTheReferenceListFromBesideTheDocument) {
  const DocumentHint hint{.file_name = "drafts/paper.tex",
                          .companion = [](const std::string& name) -> std::string {
                            if (name != "refs.bib") return {};
                            return "@string{np = \"North Press\"}\n@comment{none}\n"
                                   "@book{halle, author = {Halle, K. and Ostrem, K.}, title = "
                                   "{Salt and {Ice}}, publisher = np, year = 1931,\n"
                                   " url = {https://press.example/a\\_b%20c}}";
                          }};
  const auto document = read_document(
      "\\bibliography{refs}``Nobody would buy the salt of the north''\\cite[44]{halle}", hint);
  ASSERT_TRUE(document);
  ASSERT_EQ(document->sources.size(), 1U);
  EXPECT_EQ(document->sources[0].label, "halle");
  EXPECT_EQ(document->sources[0].note,
            "Halle, K. and Ostrem, K. Salt and Ice. North Press, 1931. "
            "https://press.example/a_b%20c");
  EXPECT_EQ(document->sources[0].urls, std::vector<std::string>{"https://press.example/a_b%20c"});
  EXPECT_EQ(document->citations[0].quote, "Nobody would buy the salt of the north");
}

TEST(LatexDocument, SaysWhichFileIsNotBesideTheDocument) {
  const auto document = read_document("\\input{chapters/one}Text.", {.file_name = "paper.tex"});
  ASSERT_TRUE(document);
  ASSERT_EQ(document->warnings.size(), 1U);
  EXPECT_NE(document->warnings[0].message.find("chapters/one"), std::string::npos);
}

TEST(LatexDocument, NumbersNotesAnewInEachChapter) {
  const Document document =
      read("\\chapter{One}A.\\footnote{a}\\chapter{Two}B.\\footnote{b}\\footnotemark[1]");
  ASSERT_EQ(document.sources.size(), 2U);
  EXPECT_EQ(document.sources[0].id, "1");
  EXPECT_EQ(document.sources[1].id, "1-2");
  ASSERT_EQ(document.citations.size(), 2U);
  EXPECT_EQ(document.citations[1].sources, std::vector<std::string>{"1-2"});
}

TEST(LatexDocument, EndsWhereMacrosBreedWithoutEnd) {
  std::string bomb = "\\def\\a{\\b\\b}";
  for (char c = 'b'; c < 'z'; ++c)
    bomb += "\\def\\" + std::string(1, c) + "{\\" + char(c + 1) + "\\" + char(c + 1) + "}";
  read("\\a \\loop", bomb + "\\def\\z{words }\\def\\loop{\\loop x}");
}

TEST(LatexDocument, ReadsTheRestWhereBracesAreNotClosed) {
  const Document document = read("A.\\footnote{unclosed\n\nB.\\footnote{https://b.example}");
  ASSERT_EQ(document.sources.size(), 2U);
  EXPECT_EQ(document.sources[1].urls, std::vector<std::string>{"https://b.example"});
}

TEST(LatexDocument, CutsNoLetterInTwo) {
  const Document document =
      read("\\é ``Nobody \\ö would buy \\verb§any of§ the salt''\\footnote{x\\é}");
  EXPECT_TRUE(is_valid_utf8(document.sources.at(0).note));
  EXPECT_TRUE(is_valid_utf8(document.citations.at(0).quote.value_or("")));
}

TEST(LatexDocument, TakesNoSectionForTheTitle) {
  const Document document =
      read("\\maketitle\\section{Beginning}So.\\footnote{A note.}\\subsection{More}",
           "\\title{Ferries}");
  ASSERT_EQ(document.citations.size(), 1U);
  EXPECT_EQ(document.citations[0].heading, std::vector<std::string>{"Beginning"});
}

TEST(LatexDocument, TakesTheSourceOfAQuotationThatAMacroBegins) {
  const Document document =
      read("\\bq Whoever holds \\rope{} holds the river.\\end{displayquote}\n",
           "\\newcommand{\\bq}{\\begin{displayquote}[{\\url{https://rope.example/river}}]}\n"
           "\\newcommand{\\rope}{the rope of the ferry that crosses here in any weather}\n");
  ASSERT_EQ(document.citations.size(), 1U);
  EXPECT_EQ(
      document.citations[0].quote,
      "Whoever holds the rope of the ferry that crosses here in any weather holds the river.");
  ASSERT_EQ(document.sources.size(), 1U);
  EXPECT_EQ(document.sources[0].urls, std::vector<std::string>{"https://rope.example/river"});
}

}  // namespace
}  // namespace loccit
