#include "verifier/quote_parts.h"

#include <gtest/gtest.h>

namespace loccit {
namespace {

std::vector<std::string> sentences(const std::string& text) {
  const FoldedText folded = fold(text);
  std::vector<std::string> parts;
  auto starts = sentence_starts(folded, 0, folded.tokens.size());
  starts.push_back(folded.tokens.size());
  for (std::size_t i = 0; i + 1 < starts.size(); ++i) {
    const std::size_t begin = folded.tokens[starts[i]].source_begin;
    parts.push_back(text.substr(begin, folded.tokens[starts[i + 1] - 1].source_end - begin));
  }
  return parts;
}

TEST(SentenceStarts, AStopWithoutABlankEndsNoSentence) {
  EXPECT_EQ(
      sentences("The location of the program.exe file depends on the drive. It may be moved."),
      (std::vector<std::string>{"The location of the program.exe file depends on the drive",
                                "It may be moved"}));
}

TEST(SentenceStarts, AClauseIsNoSentence) {
  EXPECT_EQ(sentences("It depends on where the drive is; in many cases it will just work").size(),
            1U);
}

TEST(SentenceStarts, ChineseAndJapaneseNeedNoBlanks) {
  EXPECT_EQ(sentences("这些站点运行在同一物理服务器上。最终用户不会知道这个事实。").size(), 2U);
  // A line of HTML that was wrapped leaves a blank, which is no end of anything.
  EXPECT_EQ(sentences("それぞれのドキュメントの名前とリクエストされた名前とを "
                      "大文字小文字の区別を無視して比較します。")
                .size(),
            1U);
}

TEST(SentenceStarts, AShortSentenceInLettersStandsBesideOneInCharacters) {
  EXPECT_EQ(
      sentences("Copyright by The Apache Software Foundation. 这些站点运行在同一物理服务器上。")
          .size(),
      2U);
}

TEST(SentenceStarts, ABlankPartsSentencesInThaiOnlyWhereNothingElseDoes) {
  EXPECT_EQ(
      sentences("สำนักงานเปิดทำการทุกวันยกเว้นวันหยุดราชการประจำปี ผู้มาติดต่อต้องแสดงบัตรประจำตัวประชาชนทุกครั้ง")
          .size(),
      2U);
  EXPECT_EQ(
      sentences("នៅពេលអ្នកបញ្ចូលឬជ្រើសរូបភាពមួយក្នុងសន្លឹក របាររូបភាពត្រូវបានបង្ហាញ។ ចុចព្រួញជាប់ទៅនឹងរូបតំណាង។").size(),
      2U);
}

}  // namespace
}  // namespace loccit
