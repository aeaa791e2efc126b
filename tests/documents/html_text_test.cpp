#include "documents/html_text.h"

#include <string>

#include <gtest/gtest.h>

#include "skipped.h"

namespace loccit {
namespace {

using testing::skipped;

TextContent read(std::string_view html, HtmlSyntax syntax = HtmlSyntax::html) {
  return html_content(html, syntax, {});
}
std::string text_of(std::string_view html) { return read(html).text; }

std::string marks_of(std::string_view html) { return skipped(read(html), SkipKind::note_mark); }
std::string furniture_of(std::string_view html) {
  return skipped(read(html), SkipKind::page_furniture);
}

TEST(HtmlText, InlineMarkupDoesNotPartWords) {
  EXPECT_EQ(text_of("<p>w<b>or</b>d and <i>mo</i>re</p>"), "word and more");
  EXPECT_EQ(text_of("un<wbr>break<span>able</span>"), "unbreakable");
  EXPECT_EQ(text_of("in<my-widget>fini</my-widget>te"), "infinite");
  EXPECT_EQ(text_of("a<!-- comment -->b<script>x</script>c<span hidden>no</span>d"), "abcd");
  EXPECT_EQ(text_of("so&shy;ft"), "so\u00ADft");
}

TEST(HtmlText, AFigureRaisedPastTheEndOfItsBlockLeavesTheBlocksWhereTheTextIs) {
  const TextContent page = read("<div>11<sup>2<form><p>");
  ASSERT_EQ(page.blocks.size(), 1U);
  EXPECT_EQ(page.blocks[0].range.end, page.text.size());
}

TEST(HtmlText, BlocksBreaksCellsAndItemsPartWords) {
  EXPECT_EQ(text_of("<div>a</div><div>b</div>c<p>d<br>e<br/>f"), "a\nb\nc\nd\ne\nf");
  EXPECT_EQ(text_of("<ul><li>a<li>b</ul><dl><dt>c<dd>d</dl>"), "a\nb\nc\nd");
  EXPECT_EQ(text_of("<table><caption>t</caption><tr><th>a<th>b<tr><td>c<td>d</table>"),
            "t\na\nb\nc\nd");
  EXPECT_EQ(text_of("x<select><option>a<option>b</select>y<button>c</button>z"),
            "x\na\nb\ny\nc\nz");
  EXPECT_EQ(text_of("a<hr>b</p>c</br>d"), "a\nb\nc\nd");
}

TEST(HtmlText, StyleMayTurnBlocksAndInlinesRound) {
  EXPECT_EQ(text_of("w<div style='display: inline'>or</div>d"), "word");
  EXPECT_EQ(text_of("a<span style='display:block'>b</span>c"), "a\nb\nc");
  EXPECT_EQ(text_of("<p><span style='display:block;float:left;font-size:83px'>O</span>nce"),
            "Once");
}

TEST(HtmlText, RunsOfBlanksAreOneBlank) {
  EXPECT_EQ(text_of("<p>\n  a \t\n b<b> c </b> d  </p>\n\n <p> e</p>"), "a b c d\ne");
  EXPECT_EQ(text_of("a&#32;&#10; b&nbsp;&nbsp;c"), "a b\u00A0\u00A0c");
}

TEST(HtmlText, PreformattedTextKeepsItsLines) {
  EXPECT_EQ(text_of("<pre>\n  a\r\n\n  b &lt;</pre>c  d"), "  a\n\n  b <\nc d");
  EXPECT_EQ(text_of("<textarea>\n<b>x</b>\ny</textarea>"), "<b>x</b>\ny");
  EXPECT_EQ(text_of("a<xmp><b>&amp;</xmp>b"), "a\n<b>&amp;\nb");
  EXPECT_EQ(text_of("<plaintext>a</plaintext>"), "a</plaintext>");
  EXPECT_EQ(text_of("<pre>a<br>b</pre>"), "a\nb");
}

TEST(HtmlText, CharacterReferencesAreRead) {
  EXPECT_EQ(text_of("&eacute;&eacute &#233;&#xE9;&#x1F600; &amp;amp; &notin; &notit; &unknown; &"),
            "éé éé😀 &amp; ∉ ¬it; &unknown; &");
  EXPECT_EQ(text_of("&#146;&#x80;&#0;&#xD800;&#99999999999;"), "’€\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(text_of("&NotEqualTilde;&fjlig;&AMP;&CounterClockwiseContourIntegral;"), "≂̸fj&∳");
  EXPECT_EQ(read("<a href='?a=1&copy=2&amp;b=&eacute;'>x</a>").links.at(0).url, "?a=1&copy=2&b=é");
}

TEST(HtmlText, HiddenContentIsLeftOut) {
  for (const char* hidden :
       {"<script>no</script>",
        "<style>no</style>",
        "<template>no<p>no</template>",
        "<noscript>no</noscript>",
        "<div hidden>no</div>",
        "<div hidden=''>no <p>no</p></div>",
        "<p style='color:red; DISPLAY : none !important'>no</p>",
        "<span style=visibility:hidden>no</span>",
        "<iframe>no</iframe>",
        "<datalist><option>no</datalist>",
        "<dialog>no</dialog>",
        "<video>no</video>",
        "<noframes>no</noframes>",
        "<!-- no -->",
        "<! no>",
        "<?php no ?>",
        "<svg><title>no</title><desc>no</desc><style>no</style><defs><text>no</text></defs></svg>",
        "<div hidden><div>no</div>no</div>",
        "<b hidden><b>no</b>no</b>",
        "<p hidden>no<p>",
        "<ul hidden><li>no</ul>",
        "<ul><li hidden>no<li></ul>",
        "<table><tr><td hidden>no<td></table>",
        "<table><tr hidden><td>no<td>no<tr></table>",
        "<div hidden><p>no</div>",
        "<div hidden><span>no</div>",
        "<span hidden><b>no</span></b>",
        "<title>no</title>",
        "<div hidden><b><div>no</b>no</div>no</div>",
        "<div hidden><table><tr><td></div>no</table>no</div>",
        "<my-card hidden><my-card>no</my-card>no</my-card>",
        "<div hidden></span></p>no</div>"}) {
    const std::string text = text_of("yes" + std::string(hidden) + "<p>yes</p>");
    EXPECT_EQ(text.find("no"), std::string::npos) << hidden << " gave " << text;
    EXPECT_EQ(text.substr(text.size() - 3), "yes") << hidden << " gave " << text;
  }
}

TEST(HtmlText, WhatIsStruckOutNoLongerStands) {
  EXPECT_EQ(text_of("<p>had <del>not</del> been <ins>twice</ins> inspected"),
            "had been twice inspected");
  EXPECT_EQ(text_of("<p>a <s>b</s> c <strike>d</strike> e"), "a c e");
  EXPECT_EQ(text_of("<p>a <span style='text-decoration: line-through red'>b</span> c"), "a c");
  EXPECT_EQ(text_of("<p>a <span style='text-decoration: underline'>b</span> c"), "a b c");
  EXPECT_EQ(text_of("<p>a</p><del><p>b</p></del><p>c</p>"), "a\nc");
}

TEST(HtmlText, ShownContentIsKept) {
  for (const char* shown :
       {"<div aria-hidden=true>yes</div>", "<details><summary>s</summary>yes</details>",
        "<div><template shadowrootmode=open>yes</template></div>", "<dialog open>yes</dialog>",
        "<div style='visibility:hidden'><p style='visibility:visible'>yes</p></div>",
        "<div hidden style='display:block'>yes</div>", "<div hidden=until-found>yes</div>",
        "<svg><text>yes</text></svg>", "<body style='display:none'>yes", "<object>yes</object>",
        "<math><mi>yes</mi></math>", "<![if !IE]>yes<![endif]>", "<svg><style/><script/></svg>yes",
        "<svg><title/></svg>yes", "<svg><foreignObject><p>yes</p></foreignObject></svg>",
        "<svg><p>yes", "<math><title></math>yes", "<svg><text><![CDATA[yes]]></text></svg>"}) {
    EXPECT_NE(text_of(shown).find("yes"), std::string::npos) << shown;
  }
}

TEST(HtmlText, AHiddenInlineElementLastsUntilItsOwnEndTag) {
  EXPECT_EQ(text_of("<p><i hidden>no</p><p>no</p></i><p>yes</p>"), "yes");
  EXPECT_EQ(text_of("<div>a<i hidden><div>no</i>yes</div>b</div>c"), "a\nyes\nb\nc");
}

// Each of these was found by comparing random markup with what Chromium's innerText makes of it.
TEST(HtmlText, TagsThatBrowsersPassOverHideNothing) {
  EXPECT_EQ(text_of("<div>a<td hidden>b</td></div>"), "ab");
  EXPECT_EQ(text_of("a<tr style='display:none'>b"), "ab");
  EXPECT_EQ(text_of("<form>a<form hidden>b</form>c"), "ab\nc");
  EXPECT_EQ(text_of("<table><form hidden><tr><td>a</table>"), "a");
  EXPECT_EQ(text_of("<table><tr><td>a<tr><div hidden>b<tr><td>c</table>"), "a\nc");
  EXPECT_EQ(text_of("a<nobr hidden>b<nobr>c"), "ac");
}

TEST(HtmlText, FormattingThatHidesIsOpenedAgainAfterMisnesting) {
  EXPECT_EQ(text_of("a<span><b hidden>b</span>c</b>d"), "ad");
  EXPECT_EQ(text_of("a<u><b hidden>b</u>c</b>d"), "ad");
}

TEST(HtmlText, InvisibilityEndsWithItsElementHoweverMisnested) {
  EXPECT_EQ(text_of("<b style='visibility:hidden'>a<dl style='visibility:hidden'></b>b</dl>c"),
            "c");
  EXPECT_EQ(text_of("<div style='visibility:hidden'>a<b style='visibility:visible'>b</div>c</b>d"),
            "b\ncd");
}

TEST(HtmlText, OnlyTheTextOfADrawingIsPainted) {
  EXPECT_EQ(text_of("a<svg>no<g>no</g><text>b</text>no<foreignObject>c</foreignObject></svg>d"),
            "a\nb\nc\nd");
  EXPECT_EQ(text_of("a<svg>no</p>b"), "a\nb");
  EXPECT_EQ(text_of("a<foreignObject>b</foreignObject><desc>c</desc>"), "abc");
  EXPECT_EQ(text_of("<math><mi>x</mi><mo>=</mo><mn>10</mn></math>"), "x = 10");
}

TEST(HtmlText, ScriptsEndWhereBrowsersEndThem) {
  EXPECT_EQ(text_of("<script>var a = '<p>';</script>yes"), "yes");
  EXPECT_EQ(text_of("<script><!-- <script> </script> no --></script>yes"), "yes");
  EXPECT_EQ(text_of("<script>'<!-- <script'</script>yes"), "yes");
  EXPECT_EQ(text_of("<SCRIPT>no</Script\n>yes"), "yes");
  EXPECT_EQ(text_of("yes<script>no <p>no"), "yes");
  EXPECT_EQ(text_of("<script></scriptx>no</script>yes"), "yes");
}

TEST(HtmlText, AnUnclosedTitleDoesNotSwallowThePage) {
  EXPECT_EQ(text_of("<title>t<body><p>yes</p>"), "t\nyes");
  EXPECT_EQ(text_of("<p>a<textarea>b<p>c"), "a\nb\nc");
  EXPECT_EQ(text_of("<p>a<iframe src=x><p>c"), "a\nc");
}

TEST(HtmlText, BrokenMarkupIsReadOn) {
  EXPECT_EQ(text_of("a < b <3 <> </> c"), "a < b <3 <> c");
  EXPECT_EQ(text_of("<p title=\"a>b\" class='x>' id=y/>z"), "z");
  EXPECT_EQ(text_of("<a href=x title='it''s'>z</a>"), "z");
  EXPECT_EQ(text_of("x<!-->y<!--->z<!-- a --!>b<!--"), "xyzb");
  EXPECT_EQ(text_of("a<b"), "a");
  EXPECT_EQ(text_of("<"), "<");
  EXPECT_EQ(text_of("</"), "</");
  EXPECT_EQ(text_of("<b><p>a</b>b</p><table><b>c<tr><td>d</table></b>e"), "ab\nc\nd\ne");
  EXPECT_EQ(text_of("<table><tr><td><table><tr><td>a</table>b<td>c</table>d"), "a\nb\nc\nd");
}

TEST(HtmlText, DepthAndSizeDoNotMatter) {
  std::string deep;
  for (int i = 0; i < 1'000'000; ++i) deep += "<div>";
  EXPECT_EQ(text_of(deep + "deep"), "deep");
  std::string formatting;
  for (int i = 0; i < 300'000; ++i) formatting += "<b><p hidden><i></b>";
  EXPECT_EQ(text_of("x" + formatting), "x");
  std::string titles;
  for (int i = 0; i < 300'000; ++i) titles += "<title><script><!--<script></script>";
  EXPECT_EQ(text_of(titles + "x"), "x");
  std::string ends = "<section><table><td>";
  for (int i = 0; i < 300'000; ++i) ends += "<b>";
  for (int i = 0; i < 300'000; ++i) ends += "</section>";
  EXPECT_EQ(text_of(ends + "x"), "x");
}

TEST(HtmlText, TitleAndDescriptionsAreKeptApart) {
  const TextContent page = read(
      "<html lang=pt-BR><head><title> A &amp; B\n </title><meta name=description content='Some "
      "words'>"
      "<meta property=og:title content='Other &amp;amp; words'><base href='/b/'><link "
      "rel=canonical href='/a'>"
      "<link rel=alternate hreflang=fr href=/fr><meta http-equiv=refresh content=\"3; "
      "URL='/next'\"></head>"
      "<body>text<img alt='A red fox'><input type=password><noscript><p>Turn <b>it</b> "
      "on</p></noscript>"
      "<script type='application/ld+json'>{\"headline\": \"Caf\\u00e9 &amp;lt;b&amp;gt;no\\\"w\", "
      "\"x\": [\"two words\"]}</script>");
  EXPECT_EQ(page.text, "text");
  EXPECT_EQ(page.title, "A & B");
  EXPECT_EQ(page.language, "pt-br");
  EXPECT_EQ(page.base_url, "/b/");
  EXPECT_EQ(page.canonical_url, "/a");
  EXPECT_EQ(page.refresh_url, "/next");
  EXPECT_EQ(page.refresh_seconds, 3);
  EXPECT_TRUE(page.has_password_field);
  // Not the alternative text, nor what only a browser without scripts shows.
  const std::vector<std::string> unseen = {"Some words", "Other & words", "Café no\"w",
                                           "two words"};
  EXPECT_EQ(page.unseen, unseen);
  ASSERT_EQ(page.links.size(), 2U);
  EXPECT_EQ(page.links[1].language, "fr");
}

TEST(HtmlText, LinksKnowTheirText) {
  const TextContent page = read("<p>a <a href=/x rel=nofollow> b <b>c</b> </a> d <a href=/y>e</p>");
  ASSERT_EQ(page.links.size(), 2U);
  EXPECT_EQ(page.links[0].url, "/x");
  EXPECT_EQ(page.text.substr(page.links[0].range.begin,
                             page.links[0].range.end - page.links[0].range.begin),
            "b c");
  EXPECT_EQ(page.links[1].range, (TextRange{8, 9}));
}

TEST(HtmlText, NoteMarksCanBeSteppedOver) {
  EXPECT_EQ(marks_of("word<sup>[1]</sup> more<sup><a href='#fn2'>2</a></sup>"), "[1]|2|2");
  EXPECT_EQ(marks_of("The sentence ends.<sup>3</sup> Words<sup>4,5</sup> here<sup>*</sup>"),
            "3|4,5|*");
  EXPECT_EQ(marks_of("the war<sup>7</sup> and 5 rad<sup>2</sup> of it"), "7");
  EXPECT_EQ(marks_of("word<sup class=noprint>[citation needed]</sup>"), "[citation needed]");
  EXPECT_EQ(marks_of("word<a href='#n1'>[12]</a> and ends.<a href='#n2'>3</a>"), "[12]|3");
  EXPECT_EQ(marks_of("<h2>Title<a class=headerlink href='#title'>¶</a></h2>"), "¶|¶");
  EXPECT_EQ(marks_of("漢<ruby>字<rp>(</rp><rt>ji</rt><rp>)</rp></ruby>"), "ji");
}

TEST(HtmlText, WordsForScreenReadersCanBeSteppedOver) {
  const char* html =
      "The <a href=/x>report<span class='visually-hidden'> (opens in a new window)</span></a> "
      "says<span class=sr-only>, see</span> so.";
  EXPECT_EQ(marks_of(html), "(opens in a new window)|, see");
}

TEST(HtmlText, AMarkByItsClassIsAsShortAsOne) {
  EXPECT_EQ(marks_of("<h2>Title <span class=mw-permalink>edit</span></h2>"), "edit");
  EXPECT_EQ(marks_of("<div class=permalink-container>The words of a whole post.</div>"), "");
}

TEST(HtmlText, ExponentsAndOrdinalsAreNoNoteMarks) {
  EXPECT_EQ(marks_of("10<sup>6</sup> m<sup>2</sup> km<sup>3</sup> 1<sup>st</sup> M<sup>me</sup> "
                     "see <a href='#s3'>3</a>"),
            "");
  EXPECT_EQ(text_of("10<sup>6</sup> and 2<sup>10</sup>, m<sup>2</sup>, H<sub>2</sub>O, "
                    "No<sup>1</sup>, 4<sup>th</sup>"),
            "10\u2076 and 2\u00B9\u2070, m2, H2O, No1, 4th");
}

TEST(HtmlText, FurnitureIsKeptAndCanBeSteppedOver) {
  const char* html =
      "<p>One.</p><aside>Two.</aside><figure><img><figcaption>Three</figcaption></"
      "figure><nav>Four</nav>"
      "<p><a href=/x>Read five</a></p><p>Lire aussi : <a href=/y>six</a></p><div "
      "class='share-bar'>seven</div>"
      "<div role=complementary>eight</div><h2>Nine</h2><button>Ten</button><p>Eleven <a "
      "href=/z>is</a> text.</p>";
  EXPECT_EQ(text_of(html),
            "One.\nTwo.\nThree\nFour\nRead five\nLire aussi : six\nseven\neight\nNine\nTen\nEleven "
            "is text.");
  EXPECT_EQ(furniture_of(html),
            "Two.|Three|Three|Four|Read five|Lire aussi : six|seven|eight|Nine|Ten");
}

// Pages are laid out in tables still, the text of an article in one cell of many paragraphs.
TEST(HtmlText, ALinkBetweenTheParagraphsOfACellLeadsAway) {
  EXPECT_EQ(furniture_of("<table><tr><td><p>One.</p><p><a href=/x>Read two</a></p><p>Three.</p>"),
            "Read two");
  EXPECT_EQ(furniture_of("<table><tr><td><p><a href=/x>A name</a></p><td><p>12</p></table>"), "");
}

TEST(HtmlText, ALinkThatOutlivesItsParagraphCountsForItOnly) {
  EXPECT_EQ(furniture_of("<p><a href=/x>Read this</p></a><p>Words</p>"), "Read this");
}

TEST(HtmlText, AWrapperWithAnUnluckyNameIsNoFurniture) {
  std::string article = "<div class='social-story'>";
  for (int i = 0; i < 100; ++i) article += "<p>A paragraph of the article itself.</p>";
  EXPECT_EQ(furniture_of(article + "</div>"), "");
  EXPECT_EQ(
      furniture_of("<div class='has-sidebar'><p>Text.</p></div><table><tr><td class=ad>x</table>"),
      "");
}

TEST(HtmlText, BlocksCoverTheTextAndKnowTheirKind) {
  const TextContent page = read(
      "<h1>a</h1><p>b<blockquote><p>c</p></blockquote><ul><li>d</ul><table><td>e</table><pre>f</"
      "pre><nav><li>g</nav>h");
  const std::vector<BlockKind> kinds = {
      BlockKind::heading, BlockKind::paragraph,    BlockKind::quotation,  BlockKind::list_item,
      BlockKind::cell,    BlockKind::preformatted, BlockKind::navigation, BlockKind::paragraph};
  ASSERT_EQ(page.blocks.size(), kinds.size());
  std::size_t end = 0;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    EXPECT_EQ(page.blocks[i].kind, kinds[i]) << i;
    EXPECT_EQ(page.blocks[i].range.begin, end + (i == 0 ? 0U : 1U));
    end = page.blocks[i].range.end;
  }
  EXPECT_EQ(end, page.text.size());
}

TEST(HtmlText, XhtmlElementsMayCloseThemselves) {
  EXPECT_EQ(
      read("<script/><title/><div hidden='hidden'/><p>a<![CDATA[<b>&amp;]]></p>", HtmlSyntax::xhtml)
          .text,
      "a<b>&amp;");
}

TEST(HtmlPage, FindsALateCharset) {
  const std::string russian = "\xCF\xF0\xE8\xE2\xE5\xF2";  // windows-1251
  std::string page =
      "<html><head><script>" + std::string(5000, 'x') +
      "</script><meta http-equiv=Content-Type content='text/html; charset=windows-1251'>" + russian;
  const TextContent content = html_page_content(page, "", HtmlSyntax::html, {});
  EXPECT_EQ(content.text, "Привет");
  EXPECT_EQ(content.charset, "windows-1251");
}

TEST(HtmlPage, DropsNulBytes) {
  EXPECT_EQ(html_page_content(std::string_view("<p>wo\0rd</p>", 12), "", HtmlSyntax::html, {}).text,
            "word");
}

TEST(HtmlPage, StopsAtTheLimitOfOutput) {
  ReadLimits limits;
  limits.max_output = 10;
  const TextContent content = html_content("<p>12345</p><p>67890123</p>", HtmlSyntax::html, limits);
  EXPECT_TRUE(content.truncated);
  EXPECT_EQ(content.text, "12345");
}

}  // namespace
}  // namespace loccit
