#include "base/base64.h"

#include <gtest/gtest.h>

namespace loccit {
namespace {

TEST(Base64, WritesAndReadsTheExamplesOfRfc4648) {
  for (const auto& [plain, coded] :
       {std::pair{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}}) {
    EXPECT_EQ(to_base64(plain), coded);
    EXPECT_EQ(from_base64(coded), plain);
  }
  const std::string all_bits("\xff\xfe\x00\x01", 4);
  EXPECT_EQ(from_base64(to_base64(all_bits)), all_bits);
}

TEST(Base64, HasOneSpellingForEachSequenceOfBytes) {
  for (const char* text : {"Zh==", "Zm9=", "Zg=", "Zg", "Z===", "====", "Zm9v\n", "Zm 9",
                           "Zm9v====", "Zg==Zg==", "_-8="}) {
    EXPECT_FALSE(from_base64(text)) << text;
  }
}

}  // namespace
}  // namespace loccit
