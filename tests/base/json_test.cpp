#include "base/json.h"

#include <gtest/gtest.h>

namespace loccit {
namespace {

TEST(Json, WritesWhatItRead) {
  const std::string text = R"({"a":[1,2.5,true,null,"x\ny"],"b":{}})";
  const auto value = parse_json(text);
  ASSERT_TRUE(value) << value.error().message;
  EXPECT_EQ(write_json(*value), text);
}

TEST(Json, RefusesANameThatOccursTwice) {
  const auto value = parse_json(R"({"a":1,"a":2})");
  ASSERT_FALSE(value);
  EXPECT_NE(value.error().message.find("\"a\" occurs twice"), std::string::npos);
}

TEST(Json, SaysWhereItIsBroken) {
  const auto value = parse_json("{\n  \"a\": ]");
  ASSERT_FALSE(value);
  EXPECT_NE(value.error().message.find("line 2"), std::string::npos) << value.error().message;
}

TEST(Json, RefusesNestingPastTheLimit) {
  EXPECT_FALSE(parse_json(std::string(100'000, '[')));
  EXPECT_TRUE(parse_json("[[[]]]"));
}

TEST(Json, RefusesMoreValuesThanTheLimitOnMemoryAllows) {
  std::string text = "[0";
  for (int i = 0; i < 100'000; ++i) text += ",0";
  text += "]";
  EXPECT_TRUE(parse_json(text));
  const auto value = parse_json(text, {.max_output = 1U << 20U});
  ASSERT_FALSE(value);
  EXPECT_NE(value.error().message.find("limit on memory"), std::string::npos);
}

TEST(Json, ReadsAnObjectOfManyNamesInTimeThatGrowsWithThem) {
  std::string text = "{\"-1\":0";
  for (int i = 0; i < 300'000; ++i) text += ",\"" + std::to_string(i) + "\":0";
  EXPECT_TRUE(parse_json(text + "}"));
  EXPECT_FALSE(parse_json(text + ",\"7\":0}"));
}

TEST(Json, RefusesInvalidUtf8AndTrailingText) {
  EXPECT_FALSE(parse_json("\"\xff\""));
  EXPECT_FALSE(parse_json("1 2"));
}

TEST(Json, RepairsStringsThatAreNotUtf8WhenWriting) {
  EXPECT_EQ(write_json(Json("a\xff"
                            "b")),
            "\"a\xEF\xBF\xBD"
            "b\"");
}

TEST(Json, KeepsNumbersOfTheirKind) {
  EXPECT_EQ(write_json(Json(1.0)), "1.0");
  EXPECT_EQ(write_json(*parse_json("9007199254740993")), "9007199254740993");
}

}  // namespace
}  // namespace loccit
