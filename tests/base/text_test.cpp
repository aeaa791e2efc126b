#include "base/text.h"

#include <vector>

#include <gtest/gtest.h>
#include <unicode/ucnv.h>

namespace loccit {
namespace {

using namespace std::string_literals;

// The same words in another charset, by ICU itself.
std::string encoded(std::string_view utf8, const char* converter) {
  std::vector<char> out(utf8.size() * 4 + 16);
  UErrorCode status = U_ZERO_ERROR;
  const int32_t size =
      ucnv_convert(converter, "UTF-8", out.data(), static_cast<int32_t>(out.size()), utf8.data(),
                   static_cast<int32_t>(utf8.size()), &status);
  EXPECT_LE(status, U_ZERO_ERROR) << converter;
  return std::string(out.data(), static_cast<std::size_t>(size));
}

constexpr std::string_view russian =
    "Все люди рождаются свободными и равными в своём достоинстве и правах. Они наделены разумом и "
    "совестью.";
constexpr std::string_view japanese =
    "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。人間は、理"
    "性と良心とを授けられている。";
constexpr std::string_view chinese =
    "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。";
constexpr std::string_view korean =
    "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다. 인간은 천부적으로 이성과 "
    "양심을 부여받았다.";
constexpr std::string_view french =
    "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de "
    "raison.";
constexpr std::string_view greek =
    "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.";

TEST(DecodeText, ReadsValidUtf8WhateverTheLabelSays) {
  for (const char* label : {"", "gb2312", "iso-8859-1", "shift_jis", "no-such-charset", "utf-16"}) {
    const DecodedText decoded = decode_text(russian, label);
    EXPECT_EQ(decoded.text, russian) << label;
    EXPECT_EQ(decoded.charset, "utf-8");
  }
}

TEST(DecodeText, ReadsByteOrderMarksFirst) {
  EXPECT_EQ(decode_text("\xEF\xBB\xBFé", "windows-1252").text, "é");
  EXPECT_EQ(decode_text("\xFF\xFE" + encoded(russian, "UTF-16LE"), "utf-8").text, russian);
  EXPECT_EQ(decode_text("\xFE\xFF" + encoded(russian, "UTF-16BE"), "").text, russian);
  EXPECT_EQ(decode_text("\xFF\xFE\0\0"s + encoded(russian, "UTF-32LE"), "").text, russian);
  EXPECT_EQ(decode_text("\0\0\xFE\xFF"s + encoded(russian, "UTF-32BE"), "").text, russian);
}

TEST(DecodeText, ReadsWideEncodingsWithoutAMark) {
  const std::string page = "<html><body><p>" + std::string(chinese) + "</p><p>" +
                           std::string(russian) + "</p></body></html>";
  for (const char* charset : {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"}) {
    EXPECT_EQ(decode_text(encoded(page, charset), "").text, page) << charset;
  }
  EXPECT_EQ(decode_text(encoded(chinese, "UTF-16LE"), "utf-16").text, chinese);
}

TEST(DecodeText, ReadsLabelsAsBrowsersDo) {
  const std::string euro = "10 € – “ok”";
  EXPECT_EQ(decode_text(encoded(euro, "windows-1252"), "ISO-8859-1").text, euro);
  EXPECT_EQ(decode_text(encoded(euro, "windows-1252"), " 'latin1' ").charset, "windows-1252");
  EXPECT_EQ(decode_text(encoded("镕基 朱镕基 人人生而自由", "GBK"), "gb2312").text,
            "镕基 朱镕基 人人生而自由");
  EXPECT_EQ(decode_text(encoded("①髙﨑", "ibm-943_P15A-2003"), "x-sjis").text, "①髙﨑");
  EXPECT_EQ(decode_text(encoded(korean, "windows-949-2000"), "ks_c_5601-1987").text, korean);
  EXPECT_EQ(decode_text(encoded(greek, "ISO-8859-7"), "iso-8859-7").text, greek);
}

TEST(DecodeText, DetectsWhatNothingDeclares) {
  EXPECT_EQ(decode_text(encoded(russian, "windows-1251"), "").text, russian);
  EXPECT_EQ(decode_text(encoded(russian, "KOI8-R"), "no-such-charset").text, russian);
  EXPECT_EQ(decode_text(encoded(russian, "ibm-866"), "").text, russian);
  EXPECT_EQ(decode_text(encoded(japanese, "EUC-JP"), "").text, japanese);
  EXPECT_EQ(decode_text(encoded(japanese, "ibm-943_P15A-2003"), "").text, japanese);
  EXPECT_EQ(decode_text(encoded(japanese, "ISO-2022-JP"), "").text, japanese);
  EXPECT_EQ(decode_text(encoded(chinese, "GBK"), "").text, chinese);
  EXPECT_EQ(decode_text(encoded(korean, "windows-949-2000"), "").text, korean);
  EXPECT_EQ(decode_text(encoded(french, "windows-1252"), "").text, french);
  EXPECT_EQ(decode_text(encoded(greek, "windows-1253"), "").text, greek);
}

TEST(DecodeText, DisbelievesALabelThatTheBytesBelie) {
  EXPECT_EQ(decode_text(encoded(russian, "windows-1251"), "utf-8").text, russian);
  EXPECT_EQ(decode_text(encoded(russian, "windows-1251"), "iso-8859-1").text, russian);
  EXPECT_EQ(decode_text(encoded(japanese, "EUC-JP"), "iso-8859-1", "euc-jp").text, japanese);
  EXPECT_EQ(decode_text(encoded(japanese, "ibm-943_P15A-2003"), "euc-jp").text, japanese);
  EXPECT_EQ(decode_text(encoded(french, "windows-1252"), "utf-8").text, french);
}

// A server that was never told says "iso-8859-1" of a Slovene page that knows better.
TEST(DecodeText, AsksTheLettersWhetherAWesternHeaderIsTrue) {
  const std::string slovene =
      "Ta ikona v vrstici odpre slični filter, od koder lahko na izbrani sliki uporabite "
      "različne filtre. Oblikuje velikost, položaj in druge lastnosti izbrane slike, "
      "pri čemer je levi nadpisan, desni pa podpisan. Določi prosojnost predmeta; "
      "uporabniško določen simbol je prav tako dovoljen, če ga kdo potrebuje.";
  EXPECT_EQ(decode_text(encoded(slovene, "ISO-8859-2"), "iso-8859-1", "iso-8859-2").text, slovene);
  EXPECT_EQ(decode_text(encoded(french, "windows-1252"), "iso-8859-1", "iso-8859-2").text, french);
}

TEST(DecodeText, TakesTheHeadersWordBeforeThePages) {
  EXPECT_EQ(decode_text(encoded(russian, "windows-1251"), "windows-1251", "koi8-r").charset,
            "windows-1251");
}

TEST(DecodeText, KeepsAUtf8PageWithAFewBrokenBytes) {
  std::string page;
  for (int i = 0; i < 10; ++i) page += russian;
  page.insert(7, "\xE9");
  page += "\xD0";  // cut in mid-character
  for (const char* label : {"", "utf-8", "windows-1251"}) {
    const DecodedText decoded = decode_text(page, label);
    EXPECT_EQ(decoded.charset, "utf-8") << label;
    EXPECT_EQ(decoded.text.find("\xEF\xBF\xBD"), 7U) << label;
  }
}

TEST(DecodeText, ReplacesOrDropsNulBytes) {
  EXPECT_EQ(decode_text("wo\0rd"s, "").text, "wo\xEF\xBF\xBDrd");
  EXPECT_EQ(decode_text("wo\0rd"s, "", "", NulBytes::drop).text, "word");
}

TEST(DecodeText, GivesValidUtf8ForAnyBytes) {
  std::string all;
  for (int i = 0; i < 1000; ++i) all.push_back(static_cast<char>(i * 7 + i / 256));
  for (const char* label :
       {"", "utf-8", "gb18030", "big5", "euc-jp", "iso-2022-jp", "utf-16", "hz-gb-2312", "utf-7"}) {
    EXPECT_TRUE(is_valid_utf8(decode_text(all, label).text)) << label;
  }
}

TEST(Utf8, RepairReplacesEachMaximalSubpart) {
  EXPECT_EQ(repair_utf8("a\xF0\x90\x80z"), "a\xEF\xBF\xBDz");
  EXPECT_EQ(repair_utf8("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(repair_utf8("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(repair_utf8("\xE2\x82"), "\xEF\xBF\xBD");
  EXPECT_FALSE(is_valid_utf8("12345678\xF5"));
  EXPECT_TRUE(is_valid_utf8("12345678\xF4\x8F\xBF\xBF"));
}

TEST(Utf8, CountsAndFindsCodePoints) {
  EXPECT_EQ(count_code_points("aé€😀"), 4U);
  EXPECT_EQ(byte_offset("aé€😀", 2), 3U);
  EXPECT_EQ(byte_offset("aé€😀", 4), 10U);
  EXPECT_EQ(byte_offset("aé", 9), 3U);
}

TEST(DetectLanguage, NamesTheLanguageOfAParagraph) {
  EXPECT_EQ(detect_language(russian), "ru");
  EXPECT_EQ(detect_language(japanese), "ja");
  EXPECT_EQ(detect_language(chinese), "zh");
  EXPECT_EQ(detect_language(french), "fr");
  EXPECT_EQ(detect_language(
                "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם. כולם חוננו בתבונה ובמצפון."),
            "he");
}

TEST(DetectLanguage, SaysNothingWhenItIsNotSure) {
  EXPECT_EQ(detect_language(""), "");
  EXPECT_EQ(detect_language("12 34 56"), "");
  EXPECT_EQ(detect_language("\xFF\xFE\x00"), "");
}

}  // namespace
}  // namespace loccit
