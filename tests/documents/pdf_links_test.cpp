// Link annotations as qpdf lists them, over words as poppler places them.
#include "documents/pdf_links.h"

#include <string>

#include <gtest/gtest.h>

namespace loccit {
namespace {

// One page of 600 by 800 points with one annotation.
std::string objects(const std::string& annotation, const std::string& of_page = "",
                    const std::string& media_box = "[0, 0, 600, 800]") {
  return R"({"qpdf": [{}, {
    "obj:1 0 R": {"value": {"/Type": "/Pages", "/Kids": ["2 0 R"], "/MediaBox": )" +
         media_box + R"(}},
    "obj:2 0 R": {"value": {"/Type": "/Page", "/Parent": "1 0 R", "/Annots": "3 0 R")" +
         of_page + R"(}},
    "obj:3 0 R": {"value": ["4 0 R"]},
    "obj:4 0 R": {"value": {)" +
         annotation + R"(}},
    "obj:5 0 R": {"value": {"/S": "/URI", "/URI": "u:https://a.example/b"}}}],
    "pages": [{"object": "2 0 R"}]})";
}

std::string link(const std::string& rectangle) {
  return R"("/Subtype": "/Link", "/A": "5 0 R", "/Rect": )" + rectangle;
}

// "one (two). three" from 100 to 180, at 90 to 100 points from the top.
PdfLayout layout_of_three_words() {
  PdfLayout layout;
  PdfLine line;
  line.box = {100, 90, 180, 100};
  line.words = {{{100, 90, 115, 100}, "one"},
                {{120, 90, 150, 100}, "(two)."},
                {{155, 90, 180, 100}, "three"}};
  layout.pages.push_back({600, 800, {line}});
  return layout;
}

std::string linked_words(const PdfLayout& layout) {
  std::string words;
  for (const PdfLine& line : layout.pages.at(0).lines) {
    for (const PdfWord& word : line.words) {
      if (word.link == no_link) continue;
      words += "<" + word.text.substr(word.linked.begin, word.linked.end - word.linked.begin) + ">";
    }
  }
  return words;
}

std::string linked_words(const std::string& json) {
  PdfLayout layout = layout_of_three_words();
  EXPECT_TRUE(add_links(layout, json, {}));
  return linked_words(layout);
}

TEST(PdfLinks, CoverTheWordsUnderTheirBox) {
  PdfLayout layout = layout_of_three_words();
  ASSERT_TRUE(add_links(layout, objects(link("[99, 699, 181, 711]")), {}));
  EXPECT_EQ(linked_words(layout), "<one><(two).><three>");
  ASSERT_EQ(layout.pages[0].links.size(), 1U);
  EXPECT_EQ(layout.pages[0].links[0].url, "https://a.example/b");
}

TEST(PdfLinks, CoverNoWordOfTheLineBelow) {
  EXPECT_EQ(linked_words(objects(link("[99, 712, 181, 724]"))), "");
}

TEST(PdfLinks, LeaveTheSentencesPunctuationOut) {
  EXPECT_EQ(linked_words(objects(link("[119, 700, 146.5, 710]"))), "<(two)>");
  EXPECT_EQ(linked_words(objects(link("[124, 700, 142, 710]"))), "<two>");
}

TEST(PdfLinks, AreTurnedWithThePage) {
  // What is seen at (119, 90) to (151, 100) of the turned page of 800 by 600.
  EXPECT_EQ(linked_words(objects(link("[90, 119, 100, 151]"), R"(, "/Rotate": 90)")), "<(two).>");
  EXPECT_EQ(linked_words(objects(link("[449, 90, 481, 100]"), R"(, "/Rotate": 180)")), "<(two).>");
  EXPECT_EQ(linked_words(objects(link("[500, 649, 510, 681]"), R"(, "/Rotate": 270)")), "<(two).>");
}

TEST(PdfLinks, CountFromTheCornerOfTheMediaBox) {
  EXPECT_EQ(linked_words(objects(link("[129, 750, 161, 760]"), "", "[10, 50, 610, 850]")),
            "<(two).>");
}

TEST(PdfLinks, CoverOnlyTheirQuadrilateralsWhereTheyHaveSome) {
  const std::string both = link("[100, 600, 400, 710]");
  EXPECT_EQ(
      linked_words(objects(both + R"(, "/QuadPoints": [154, 710, 181, 710, 154, 700, 181, 700])")),
      "<three>");
  // Outside of the rectangle they do not count.
  EXPECT_EQ(linked_words(objects(both + R"(, "/QuadPoints": [0, 710, 99, 710, 0, 700, 99, 700])")),
            "<one><(two).><three>");
}

TEST(PdfLinks, LeadOutOfTheDocument) {
  for (const char* action :
       {R"({"/S": "/GoTo", "/D": "u:section.1"})",
        R"({"/S": "/URI", "/URI": "u:mailto:a@b.example"})",
        R"({"/S": "/URI", "/URI": "u:other.pdf"})", R"("9 0 R")", R"("4 0 R")"}) {
    EXPECT_EQ(linked_words(objects(R"("/Subtype": "/Link", "/Rect": [99, 700, 181, 710], "/A": )" +
                                   std::string(action))),
              "")
        << action;
  }
}

TEST(PdfLinks, OverAWholePageAreNoneOfItsWords) {
  EXPECT_EQ(linked_words(objects(link("[0, 0, 600, 800]"))), "");
}

TEST(PdfLinks, SurviveAPageTreeThatRunsInCircles) {
  const std::string circle = R"({"qpdf": [{}, {
    "obj:2 0 R": {"value": {"/Parent": "2 0 R", "/Annots": "2 0 R"}}}], "pages": [{"object": "2 0 R"}]})";
  EXPECT_EQ(linked_words(circle), "");
  const std::string alias =
      R"({"qpdf": [{}, {"obj:2 0 R": {"value": "2 0 R"}}], "pages": [{"object": "2 0 R"}, {}]})";
  EXPECT_EQ(linked_words(alias), "");
}

}  // namespace
}  // namespace loccit
