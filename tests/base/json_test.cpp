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
