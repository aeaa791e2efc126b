#include <gtest/gtest.h>

#include "documents/document.h"

namespace loccit {
namespace {

Document read(std::string_view text) {
  const auto document = read_document(text, {.file_name = "guide.rst"});
  EXPECT_TRUE(document) << document.error().message;
  return document ? *document : Document{};
}

std::vector<std::string> urls_of_links(std::string_view text) {
  std::vector<std::string> urls;
  for (const Source& source : read(text).sources) urls.push_back(source.urls.at(0));
  return urls;
}

TEST(RstDocument, NumbersNotesAsDocutilsDoes) {
  const Document document = read(
      "One [2]_, two [#]_, three [#named]_, star [*]_, key [CIT2002]_, again [#named]_.\n\n"
      ".. [2] by hand\n.. [#] first\n.. [#named] second\n.. [*] star\n.. [CIT2002] key\n");
  std::vector<std::string> labels;
  for (const Source& source : document.sources) labels.push_back(source.label + " " + source.note);
  EXPECT_EQ(labels, (std::vector<std::string>{"2 by hand", "1 first", "3 second", "* star",
                                              "CIT2002 key"}));
  ASSERT_EQ(document.citations.size(), 6U);
  EXPECT_EQ(document.citations[5].sources, std::vector<std::string>{"3"});
}

TEST(RstDocument, FollowsEveryKindOfTarget) {
  EXPECT_EQ(
      urls_of_links(
          "`a <https://a.example/x>`_ b_ `c d`_ `e`__ `f <b_>`_ |g|_ https://h.example/.\n\n"
          ".. _b: https://b.example/\n.. _C D: b_\n.. _i:\n.. _j: https://j.example/\n"
          "__ https://e.example/\n.. |g| replace:: G\n.. _g: https://g.example/\n"),
      (std::vector<std::string>{"https://a.example/x", "https://b.example/", "https://b.example/",
                                "https://e.example/", "https://b.example/", "https://g.example/",
                                "https://h.example/"}));
}

TEST(RstDocument, CitesNothingInCodeAndComments) {
  EXPECT_TRUE(
      read("Text::\n\n   https://code.example [1]_\n\n.. a comment\n   https://no.example\n\n"
           ".. code-block:: c\n\n   https://no.example\n\n>>> x = 'https://no.example'\n\n"
           "``https://no.example``\n")
          .sources.empty());
}

TEST(RstDocument, TakesIndentedParagraphsAndQuotingDirectivesForQuotations) {
  const Document document = read(
      "It says [1]_:\n\n   First paragraph\n   of it.\n\n   Second.\n\nText.\n\n.. epigraph::\n\n"
      "   Words to begin with.\n\n   -- Somebody [1]_\n\n.. [1] https://a.example\n");
  ASSERT_EQ(document.citations.size(), 2U);
  EXPECT_EQ(document.citations[0].quote, "First paragraph of it.\n\nSecond.");
  EXPECT_EQ(document.citations[1].quote, "Words to begin with.");
}

TEST(RstDocument, DoesNotTakeAnInitialForAListItem) {
  const Document document = read("Text [1]_\n\n.. [1] K. Halle, *Salt and Ice* (Bergen, 1931).\n");
  EXPECT_EQ(document.sources.at(0).note, "K. Halle, Salt and Ice (Bergen, 1931).");
}

TEST(RstDocument, ReadsTables) {
  EXPECT_EQ(
      urls_of_links("====== =====================\nName   Source\n====== =====================\n"
                    "Oil    https://oil.example/\nWick   https://wick.example/\n====== "
                    "=====================\n\n+----+-----------------------+\n| A  | "
                    "https://grid.example/ |\n+----+-----------------------+\n"),
      (std::vector<std::string>{"https://oil.example/", "https://wick.example/",
                                "https://grid.example/"}));
}

TEST(RstDocument, CountsTheColumnsOfATableInCharacters) {
  EXPECT_EQ(urls_of_links("==================== =====\nhttps://x.example/éé Lampe\n"
                          "==================== =====\n"),
            std::vector<std::string>{"https://x.example/éé"});
}

TEST(RstDocument, KeepsTheFirstLettersOfANoteWhoseLineEndsInBlanks) {
  const Document document = read("Text [1]_\n\n.. [1] Éva Halle, *Salt* (1931).\f\v\n");
  EXPECT_EQ(document.sources.at(0).note, "Éva Halle, Salt (1931).");
}

}  // namespace
}  // namespace loccit
