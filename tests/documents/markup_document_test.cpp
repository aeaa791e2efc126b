#include <gtest/gtest.h>

#include "documents/document.h"

namespace loccit {
namespace {

Document read(std::string_view text, const char* file_name) {
  DocumentHint hint;
  hint.file_name = file_name;
  const auto document = read_document(text, hint);
  EXPECT_TRUE(document) << document.error().message;
  return document ? *document : Document{};
}

const std::string_view markdown = R"(---
title: A brief on bridges
---
# Bridges

## Law

The court held that “a bridge must be kept open to all who pay the toll”[^1], and it went on at length.
Others disagree.[^2]

> No person shall be refused passage on a public bridge
> by reason of age.
>
> — Bridge Act[^3]

See [the report](https://example.org/report) for more. `code [x](http://no.example)`.

[^1]: Smith v. Jones, https://court.example/smith-v-jones.html.
[^2]: Brown, *Bridges* (1999), p. 12.
[^3]: https://law.example/act#s3 (visited 3 May 2024)
)";

TEST(MarkdownDocument, PairsNotesWithQuotationsAndBlockQuotations) {
  const Document document = read(markdown, "bridges.md");
  EXPECT_EQ(document.info.title, "A brief on bridges");
  ASSERT_EQ(document.sources.size(), 4U) << "the link in code is none";
  EXPECT_EQ(document.sources[0].urls,
            std::vector<std::string>{"https://court.example/smith-v-jones.html"});
  EXPECT_EQ(document.sources[1].kind, SourceKind::print);
  EXPECT_EQ(document.sources[2].urls, std::vector<std::string>{"https://law.example/act#s3"});
  EXPECT_EQ(document.sources[3].id, "link-1");
  ASSERT_EQ(document.citations.size(), 4U);
  EXPECT_EQ(document.citations[0].quote, "a bridge must be kept open to all who pay the toll");
  EXPECT_EQ(document.citations[1].quote, std::nullopt) << "a sentence that only cites is no quote";
  EXPECT_EQ(document.citations[2].quote,
            "No person shall be refused passage on a public bridge by reason of age.");
  EXPECT_EQ(document.citations[3].quote, std::nullopt);
}

const std::string_view wiki_page = R"(<!doctype html><html><head><title>Essay</title></head><body>
<nav><a href="/x">Home</a></nav><h1>Essay</h1><h2>On roads</h2>
<p>The minister said: “Roads will be free for all citizens of this country”<sup id="cite_ref-1"><a
href="#cite_note-1">[1]</a></sup> and left.</p>
<p>Another fact.<sup id="cite_ref-2"><a href="#cite_note-2">[2]</a></sup> <a href="https://inline.example/p">inline</a></p>
<ol class="references"><li id="cite_note-1"><a href="#cite_ref-1">^</a>
<cite><a href="https://gov.example/speech">Speech</a></cite>. <a
href="https://archive.example/2020/https://gov.example/speech">Archived</a></li>
<li id="cite_note-2"><a href="#cite_ref-2">^</a> Miller, Roads, 1980.</li></ol></body></html>)";

TEST(HtmlDocument, ReadsAReferenceListWithArchivedCopiesAndNoBackLinks) {
  const Document document = read(wiki_page, "essay.html");
  ASSERT_EQ(document.sources.size(), 3U) << "navigation and back links cite nothing";
  EXPECT_EQ(document.sources[0].urls,
            (std::vector<std::string>{"https://gov.example/speech",
                                      "https://archive.example/2020/https://gov.example/speech"}));
  EXPECT_EQ(document.sources[1].kind, SourceKind::print);
  EXPECT_EQ(document.sources[2].id, "link-1");
  ASSERT_EQ(document.citations.size(), 3U);
  EXPECT_EQ(document.citations[0].quote, "Roads will be free for all citizens of this country");
  EXPECT_EQ(document.citations[0].heading, std::vector<std::string>{"On roads"});
}

TEST(HtmlDocument, GivesANoteWithoutALabelAnIdOfItsOwn) {
  const Document document = read(
      "<p>A<a href=\"#n\" role=doc-noteref></a> B<a href=\"#m\" role=doc-noteref>link-1</a> "
      "<a href=https://c.example>c</a></p><ol class=footnotes><li id=n>a<li id=m>b</ol>",
      "page.html");
  std::vector<std::string> ids;
  for (const Source& source : document.sources) ids.push_back(source.id);
  EXPECT_EQ(ids, (std::vector<std::string>{"note", "notelink-1", "link-1"}));
}

TEST(MarkdownDocument, QuotesNobodyFromInlineCode) {
  const Document document = read(
      "The flag `\"this is only a default value\"` is in [the manual](https://m.example), and "
      "\"https://m.example/a/b/c/d\" too.\n",
      "readme.md");
  for (const Citation& citation : document.citations) EXPECT_EQ(citation.quote, std::nullopt);
}

TEST(MarkdownDocument, KeepsLabelsOfMarksOutOfTheQuote) {
  const Document document = read(
      "> Whoever trims a lamp[^lamps] trims it twice.\n\n[^lamps]: https://l.example\n", "a.md");
  EXPECT_EQ(document.citations.at(0).quote, "Whoever trims a lamp trims it twice.");
}

TEST(HtmlDocument, LeavesAQuotedTextsOwnMarksOutOfItsWords) {
  const Document document = read(
      "<blockquote>The river<sup>12</sup> is ten km<sup>2</sup> wide.<sup>[7]</sup> So it was on "
      "the "
      "2<sup>nd</sup>.</blockquote><p><a href=https://r.example>Source</a></p>",
      "page.html");
  EXPECT_EQ(document.citations.at(0).quote, "The river is ten km2 wide. So it was on the 2nd.");
}

}  // namespace
}  // namespace loccit
