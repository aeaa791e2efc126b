#include "fetcher/meta_refresh.h"

#include <gtest/gtest.h>

namespace loccit {
namespace {

std::string target_of(std::string_view html) {
  const auto refresh = find_meta_refresh(html);
  return refresh ? std::to_string(refresh->after.count()) + " " + refresh->target : "none";
}

TEST(ParseRefresh, ReadsEverySpellingThatBrowsersRead) {
  const auto read = [](const char* value) {
    const auto refresh = parse_refresh(value);
    return refresh ? std::to_string(refresh->after.count()) + " " + refresh->target : "none";
  };
  EXPECT_EQ(read("0;url=/a"), "0 /a");
  EXPECT_EQ(read(" 5 ; URL = 'b c' ignored"), "5 b c");
  EXPECT_EQ(read("3,/x"), "3 /x");
  EXPECT_EQ(read("1.9; url=\"y\""), "1 y");
  EXPECT_EQ(read("0; urls/are/fine"), "0 urls/are/fine");
  EXPECT_EQ(read("600"), "600 ");
  EXPECT_EQ(read("99999999999999999999;url=/late"), "1000000 /late");
  EXPECT_EQ(read(""), "none");
  EXPECT_EQ(read("url=/a"), "none");
  EXPECT_EQ(read("5x"), "none");
}

TEST(FindMetaRefresh, FindsItWhereABrowserWould) {
  EXPECT_EQ(target_of("<head><META content='0;url=/a?b&amp;c' HTTP-EQUIV=Refresh>"), "0 /a?b&c");
  EXPECT_EQ(target_of("<meta charset=utf-8><meta http-equiv=\"refresh\" content=\"2; "
                      "url=https://e.example/\"/>"),
            "2 https://e.example/");
  EXPECT_EQ(target_of("<meta http-equiv=refresh><meta http-equiv=refresh content=1;url=z>"), "1 z");
}

TEST(FindMetaRefresh, PassesOverWhatIsNoMarkup) {
  EXPECT_EQ(target_of("<!-- <meta http-equiv=refresh content='0;url=/a'> -->"), "none");
  EXPECT_EQ(target_of("<script>'<meta http-equiv=refresh content=\"0;url=/a\">'</SCRIPT>"), "none");
  EXPECT_EQ(target_of("<noscript><meta http-equiv=refresh content='0;url=/no'></noscript>"),
            "none");
  EXPECT_EQ(target_of("<noscript></noscript><meta http-equiv=refresh content='0;url=/yes'>"),
            "0 /yes");
  EXPECT_EQ(target_of("<metadata http-equiv=refresh content='0;url=/a'>"), "none");
  EXPECT_EQ(target_of("<meta name=refresh content='0;url=/a'>"), "none");
}

TEST(FindMetaRefresh, EndsOnBrokenInput) {
  for (const char* html : {"<", "<meta", "<meta http-equiv", "<meta http-equiv=",
                           "<meta http-equiv='refresh", "<!--", "<script>", "<meta =="}) {
    EXPECT_EQ(target_of(html), "none") << html;
  }
}

}  // namespace
}  // namespace loccit
