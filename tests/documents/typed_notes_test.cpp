// Notes typed by hand, with no link between mark and note.
#include <string>

#include <gtest/gtest.h>

#include "documents/document.h"

namespace loccit {
namespace {

Document read(const std::string& body) {
  const auto document = read_document("<!DOCTYPE html><html><body>" + body + "</body></html>",
                                      {.file_name = "a.html"});
  EXPECT_TRUE(document) << document.error().message;
  return document ? *document : Document{};
}

std::string cited(const Document& document) {
  std::string all;
  for (const Citation& citation : document.citations) {
    for (const std::string& source : citation.sources) all += "[" + source + "]";
    all += citation.quote.value_or("") + "|";
  }
  return all;
}

TEST(TypedNotes, AreFoundByTheirNumbers) {
  const Document document = read(
      "<p>He found that “not one lamp in four was fit for service” [1], and left.<sup>2</sup></p>"
      "<p>All will change [2, 4–5]. It was m<sup>2</sup>.<sup>(3)</sup></p><hr>"
      "<p>[1] Audit Office, <a href='https://audit.example/'>Lamps</a>, p. 12</p><p>[2] Board.</p>"
      "<p>More of it.</p><p>[3] Times.</p><p>[4] https://bills.example/12.</p><p>[5] Ibid.</p>");
  EXPECT_EQ(cited(document), "[1]not one lamp in four was fit for service|[2]|[2][4][5]|[3]|");
  ASSERT_EQ(document.sources.size(), 5U);
  EXPECT_EQ(document.sources[0].urls, std::vector<std::string>{"https://audit.example/"});
  EXPECT_EQ(document.sources[0].note, "Audit Office, Lamps, p. 12");
  EXPECT_EQ(document.sources[1].note, "Board. More of it.");
  EXPECT_EQ(document.sources[4].urls, std::vector<std::string>{"https://bills.example/12"});
}

TEST(TypedNotes, MayBeAListUnderAHeadingThatNumbersItself) {
  const Document document = read(
      "<p>He said that “no lamp is worth its oil in June”.<sup>2</sup> So did she.<sup>1</sup></p>"
      "<h2>Notes</h2><ol><li>Her diary.</li><li>His letter.</li></ol>");
  EXPECT_EQ(cited(document), "[2]no lamp is worth its oil in June|[1]|");
}

TEST(TypedNotes, MayHaveTheirFiguresSetHighOrInATable) {
  const std::string text =
      "<p>He said that “no lamp is worth its oil in June”.<sup>1</sup> So did she.<sup>2</sup></p>";
  const std::string expected = "[1]no lamp is worth its oil in June|[2]|";
  const Document raised =
      read(text + "<hr><p><sup>1</sup> His letter.</p><p><sup>2</sup>Her diary.</p>");
  EXPECT_EQ(cited(raised), expected);
  EXPECT_EQ(raised.sources[1].note, "Her diary.");
  const Document table = read(text +
                              "<table><tr><td>(1)</td><td>His letter.</td></tr>"
                              "<tr><td>(2)</td><td>Her diary.</td></tr></table>");
  EXPECT_EQ(cited(table), expected);
  EXPECT_EQ(table.sources[0].note, "His letter.");
  EXPECT_EQ(cited(read(text + "<p><b>Notes</b></p><p>1. His letter.</p><p>2. Her diary.</p>")),
            expected);
  EXPECT_TRUE(
      read(text + "<p>1. Nobody shall pass.</p><p>2. Nobody shall stay.</p>").sources.empty());
}

TEST(TypedNotes, AreNoneWhereHardlyAnyIsCalled) {
  const Document document = read(
      "<p>We said so "
      "[1].</p><h2>References</h2><ol><li>Milk.</li><li>Bread.</li><li>Oil.</li></ol>");
  EXPECT_TRUE(document.sources.empty());
  EXPECT_TRUE(read("<p>Steps [1] and [2] of four.</p><p>Nothing follows.</p>").sources.empty());
}

}  // namespace
}  // namespace loccit
