#include <gtest/gtest.h>

#include "base/text.h"
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

TEST(MarkdownDocument, GivesABlockQuotationToTheLinkThatIntroducesIt) {
  const Document document = read(
      "As [she wrote](https://light.example/post):\n\n> They should try.\n\n"
      "See <https://lamps.example/faq>.\n\nHe disagreed:\n\n> They should not.\n\n"
      "[Source](https://wick.example/post)\n",
      "a.md");
  ASSERT_EQ(document.citations.size(), 3U);
  EXPECT_EQ(document.citations[0].quote, "They should try.");
  EXPECT_EQ(document.citations[1].quote, std::nullopt);
  EXPECT_EQ(document.citations[2].quote, "They should not.");
}

TEST(HtmlDocument, TakesNoLinkThatSharesThePageForASource) {
  const Document document = read(
      "<!doctype html><html><body><p>Said <a href='https://a.example/x'>here</a>.</p>"
      "<p><a href='https://twitter.com/intent/tweet?url=u'>Tweet</a> "
      "<a href='https://www.facebook.com/sharer/sharer.php?u=u'>Share</a> "
      "<a href='https://twitter.com/minister/status/12'>her post</a> "
      "<a href='file:///wiki/Main_Page'>Main page</a></p></body></html>",
      "a.html");
  ASSERT_EQ(document.sources.size(), 2U);
  EXPECT_EQ(document.sources[1].urls,
            std::vector<std::string>{"https://twitter.com/minister/status/12"});
}

std::string menu(const std::string& name, int links) {
  std::string menu = "<div class='" + name + "'><ul>";
  for (int i = 0; i < links; ++i)
    menu += "<li><a href='https://isles.example/" + name + std::to_string(i) + "'>News of the " +
            name + "</a></li>";
  return menu + "</ul></div>";
}

TEST(HtmlDocument, LeavesLabelsAndWaysBackOutOfNotes) {
  const auto note_of = [](const std::string& call, const std::string& note) {
    const Document document =
        read("<!doctype html><html><body><p>Said so." + call + "</p>" + note + "</body></html>",
             "a.html");
    EXPECT_EQ(document.sources.size(), 1U);
    return document.sources.empty() ? "" : document.sources[0].note;
  };
  EXPECT_EQ(
      note_of("<a class='footnote-reference brackets' href='#id3' id='id1'>[1]</a>",
              "<aside class='footnote brackets' id='id3'><span>[</span><a role='doc-backlink' "
              "href='#id1'>1</a><span>]</span><p>Minutes.</p></aside>"),
      "Minutes.");
  EXPECT_EQ(note_of("<a href='#footnote-1' id='citation-1'><sup>[1]</sup></a>",
                    "<div id='footnote-1' class='footnote'><p>1. Minutes. "
                    "<a class='back' href='#citation-1'>Back to Citation</a></p></div>"),
            "Minutes.");
  EXPECT_EQ(note_of("<sup class='footnote'>[<a id='r1' class='footnote' href='#d1'>1</a>]</sup>",
                    "<div class='footnote' id='d1'><a href='#r1'>1</a>. Minutes.</div>"),
            "Minutes.");
  EXPECT_EQ(note_of("<a href='#fn1' id='bk1'><sup>1</sup></a>",
                    "<p class='footnote'><a id='fn1'><sup>1</sup></a><span>Minutes.</span></p>"),
            "Minutes.");
}

TEST(HtmlDocument, TakesPrintedUrlsForLinksButNotInCode) {
  const Document document = read(
      "<!doctype html><html><body><p>See https://bare.example/a?b=1&amp;c=2 and "
      "doi:10.5555/x.1.</p><p>Run <code>get https://code.example/</code> on "
      "<a href='https://linked.example/x'>https://linked.example/x</a>.</p>"
      "<pre>https://pre.example/</pre></body></html>",
      "a.html");
  ASSERT_EQ(document.sources.size(), 3U);
  EXPECT_EQ(document.sources[0].urls, std::vector<std::string>{"https://bare.example/a?b=1&c=2"});
  EXPECT_EQ(document.sources[1].urls, std::vector<std::string>{"https://doi.org/10.5555/x.1"});
  EXPECT_EQ(document.sources[2].urls, std::vector<std::string>{"https://linked.example/x"});
}

TEST(MarkdownDocument, GivesALinkTheQuotationOfItsOwnClause) {
  const Document document = read(
      "You say that \"the harbour is open to all\"; your [page](https://harbour.example/) says "
      "the opposite: \"The harbour is closed until further notice.\"\n\n"
      "He said that \"nobody has been turned away\" (Hansard, vol. 612, col. 44: "
      "<https://hansard.example/44>).\n",
      "a.md");
  ASSERT_EQ(document.citations.size(), 2U);
  EXPECT_EQ(document.citations[0].quote, "The harbour is closed until further notice.");
  EXPECT_EQ(document.citations[1].quote, "nobody has been turned away");
}

TEST(MarkdownDocument, SeesAQuotationThatBeginsWithAnotherAfterAThinBlank) {
  const Document document = read(
      "It says that “\u2009‘silting’ is a word for neglect”.[^1]\n\n[^1]: https://a.example/\n",
      "a.md");
  ASSERT_EQ(document.citations.size(), 1U);
  EXPECT_EQ(document.citations[0].quote, "‘silting’ is a word for neglect");
}

TEST(HtmlDocument, TakesNoLinksAroundTheTextOfAPageThatMarksItWithNoTag) {
  const std::string sentence =
      "The harbour board has met again and has said nothing of the canal, nor of the tolls. ";
  const std::string text = "<div id='story'><h1>Canal</h1><p>" + sentence +
                           "<a href='https://board.example/minutes'>The minutes</a> are public."
                           "</p><p>" +
                           sentence + sentence + "</p></div>";
  const std::string page = "<!doctype html><html><body><script>" + std::string(4000, 'x') +
                           "</script><div id='page'>" + menu("top", 12) + "<div id='columns'>" +
                           text + menu("side", 12) + "</div>" + menu("foot", 12) +
                           "</div></body></html>";
  const Document document = read(page, "a.html");
  ASSERT_EQ(document.sources.size(), 1U);
  EXPECT_EQ(document.sources[0].urls, std::vector<std::string>{"https://board.example/minutes"});

  const std::string with_list = "<!doctype html><html><body><div><p>" + sentence + sentence +
                                "</p></div><div><h2>References</h2>" + menu("list", 12) +
                                "</div></body></html>";
  EXPECT_EQ(read(with_list, "a.html").sources.size(), 12U);
}

TEST(MarkdownDocument, QuotesWhatSomebodyCalledAThingButNoName) {
  const Document document = read(
      "He called it \"the brightest lamp of the north\"[^1] and the boat \"the old lamp\".[^1]\n"
      "They said \"we will widen\" and left.[^1]\n\n[^1]: https://a.example/\n",
      "a.md");
  ASSERT_EQ(document.citations.size(), 3U);
  EXPECT_EQ(document.citations[0].quote, "the brightest lamp of the north");
  EXPECT_EQ(document.citations[2].quote, "we will widen");
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

TEST(HtmlDocument, LeavesNoBlankInTheAddressThatAQuotationCites) {
  const Document document = read(
      "<p>He says <q cite=\"https://c.example/a b\">the ferry is free</q>.</p>"
      "<blockquote cite=\"https://c.example/c d\">The ferry is not free.</blockquote>",
      "page.html");
  ASSERT_EQ(document.sources.size(), 2U);
  EXPECT_EQ(document.sources[0].urls.at(0), "https://c.example/a%20b");
  EXPECT_EQ(document.sources[1].urls.at(0), "https://c.example/c%20d");
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

TEST(MarkdownDocument, KeepsNoHalfLettersOfALabelThatGoesOverALine) {
  const Document document = read("Text[^3].\n\n[^3]: note\n[^ذ²„مپ†م€‚\nمپ,م‚ڈم‚†م]: z\n", "a.md");
  ASSERT_EQ(document.sources.size(), 1U);
  EXPECT_TRUE(is_valid_utf8(document.sources[0].note)) << document.sources[0].note;
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

TEST(HtmlDocument, TakesTheLettersOfBackLinksForNoNotes) {
  const Document document = read(
      R"(<html><body><table><tr><th>Height</th><td>41 m<sup id="cite_ref-a_1-0" class="reference"><a
href="#cite_note-a-1">[1]</a></sup></td></tr></table><p>It is high.<sup id="cite_ref-a_1-1"
class="reference"><a href="#cite_note-a-1">[1]</a></sup></p><ol class="references"><li
id="cite_note-a-1"><span class="mw-cite-backlink">^ <a href="#cite_ref-a_1-0"><sup>a</sup></a> <a
href="#cite_ref-a_1-1"><sup>b</sup></a></span> <span class="reference-text">List of Lights,
<a href="https://lights.example/">1871</a></span></li></ol></body></html>)",
      "wiki.html");
  ASSERT_EQ(document.sources.size(), 1U);
  EXPECT_EQ(document.sources[0].note, "List of Lights, 1871");
  EXPECT_EQ(document.citations.size(), 2U);
}

TEST(HtmlDocument, CutsALongLabelBetweenLetters) {
  std::string name;
  for (int i = 0; i < 30; ++i) name += "\u00E4";
  const Document document = read(
      R"(<html><body><p>The lamps were lit.<sup id="cite_ref-1" class="reference"><a href="#cite_note-1">[1]</a></sup></p>
<ol class="references"><li id="cite_note-1"><span class="mw-cite-backlink"><a href="#cite_ref-1">^</a></span> <span
class="reference-text"><a href="#CITEREFTarn1902">)" +
          name +
          R"( 1902</a>, p. 114.</span></li></ol><ul><li><cite id="CITEREFTarn1902">Tarn, John (1902).
<a href="https://quay.example/lights">Lights</a>.</cite></li></ul></body></html>)",
      "wiki.html");
  ASSERT_EQ(document.sources.size(), 2U);
  EXPECT_EQ(document.sources[1].label, name.substr(0, 50));
}

TEST(HtmlDocument, CutsTheWordsOfALongLinkBetweenLetters) {
  std::string words = "a";
  for (int i = 0; i < 600; ++i) words += "\u00E4";
  const Document document =
      read("<p>See <a href=https://l.example/>" + words + "</a>.</p>", "page.html");
  EXPECT_EQ(document.sources.at(0).note, words.substr(0, 999));
}

TEST(HtmlDocument, LooksBehindTheAddressesOfProgramsThatCountClicks) {
  const Document document = read(
      R"html(<html><body><p>See <a href="https://www.google.com/url?q=https://board.example/a?id%3D7%26l%3Den&amp;sa=D&amp;ust=1">a</a>,
<a href="https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fboard.example%2Fb&amp;data=x">b</a>,
<a href="https://www.google.com/search?q=https://board.example/c">c</a>,
<a href="https://www.google.com/url?q=javascript:alert(1)">d</a>, <a href="https://www.google.com/url?q=https://board.example/%DEn">e</a>
and <a href="https://www.google.com/url?q=https://board.example/a%20b">f</a>.</p></body></html>)html",
      "export.html");
  std::vector<std::string> urls;
  for (const Source& source : document.sources) urls.push_back(source.urls.at(0));
  EXPECT_EQ(urls, (std::vector<std::string>{
                      "https://board.example/a?id=7&l=en", "https://board.example/b",
                      "https://www.google.com/search?q=https://board.example/c",
                      "https://www.google.com/url?q=javascript:alert(1)",
                      "https://www.google.com/url?q=https://board.example/%DEn",
                      "https://www.google.com/url?q=https://board.example/a%20b"}));
}

TEST(HtmlDocument, CountsNoAddressAmongTheWordsOfAQuotedPost) {
  const Document document = read(
      R"(<html><body><blockquote><p>The channel belongs to all of us. <a
href="https://t.example/x">pic.example/x</a></p>&mdash; Sailors <a
href="https://posts.example/1">June 3, 2024</a></blockquote></body></html>)",
      "post.html");
  ASSERT_EQ(document.citations.size(), 2U);
  EXPECT_EQ(document.citations[0].quote, std::nullopt);
  EXPECT_EQ(document.citations[1].quote, "The channel belongs to all of us.");
}

TEST(MarkdownDocument, EncodesABlankInALink) {
  const Document document = read("See [this](<https://a.example/b c.pdf>).\n", "a.md");
  ASSERT_EQ(document.sources.size(), 1U);
  EXPECT_EQ(document.sources[0].urls, std::vector<std::string>{"https://a.example/b%20c.pdf"});
}

TEST(MarkdownDocument, KeepsAFirstHeadingThatIsNotTheTitle) {
  const Document document =
      read("---\ntitle: Ferries\n---\n# Beginning\n\nSo it is.[^1]\n\n## More\n\n[^1]: A note.\n",
           "a.md");
  ASSERT_EQ(document.citations.size(), 1U);
  EXPECT_EQ(document.citations[0].heading, std::vector<std::string>{"Beginning"});
}

TEST(MarkdownDocument, GivesAQuoteTheLinkOfItsOwnSentence) {
  const Document document = read(
      "He said that “nobody will pay more than last year” ([19 March](https://a.example/)). "
      "Then the fare doubled.[^1]\n\n[^1]: Table of fares.\n",
      "a.md");
  ASSERT_EQ(document.citations.size(), 2U);
  EXPECT_EQ(document.citations[0].quote, "nobody will pay more than last year");
  EXPECT_EQ(document.citations[1].quote, std::nullopt);
}

TEST(MarkdownDocument, LeavesOutWhereAQuotedBlockStandsInItsSource) {
  const Document document =
      read("> “No vessel shall pass.” 46 U. S. C. § 9912(b).[^1]\n\n[^1]: Reproduced.\n", "a.md");
  ASSERT_EQ(document.citations.size(), 1U);
  EXPECT_EQ(document.citations[0].quote, "No vessel shall pass.");
}

TEST(MarkdownDocument, GivesAQuoteToTheNoteThatIntroducesIt) {
  const Document document = read(
      "The model[^1] says that “a lamp that is off needs no oil”, and a later survey by Finch "
      "agrees.[^2] The board[^1] said “no lamp after midnight shall burn”.[^2]\n\n[^1]: "
      "One.\n[^2]: "
      "Two.\n",
      "a.md");
  ASSERT_EQ(document.citations.size(), 4U);
  EXPECT_EQ(document.citations[0].quote, "a lamp that is off needs no oil");
  EXPECT_EQ(document.citations[1].quote, std::nullopt);
  EXPECT_EQ(document.citations[2].quote, std::nullopt);
  EXPECT_EQ(document.citations[3].quote, "no lamp after midnight shall burn");
}

TEST(MarkdownDocument, TakesTheStopOfAnAbbreviationForNoEnd) {
  const Document document = read(
      "Finch et al.[^1] define it as “a rule that maps heights to states”, and we follow. Others "
      "disagree.[^2]\n\n[^1]: One.\n[^2]: Two.\n",
      "a.md");
  ASSERT_EQ(document.citations.size(), 2U);
  EXPECT_EQ(document.citations[0].quote, "a rule that maps heights to states");
  EXPECT_EQ(document.citations[1].quote, std::nullopt);
}

}  // namespace
}  // namespace loccit
