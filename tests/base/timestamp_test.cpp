#include "base/timestamp.h"

#include <gtest/gtest.h>

namespace loccit {
namespace {

const Timestamp moment = *from_iso8601("1994-11-06T08:49:37Z");

TEST(Timestamps, HttpDatesAreReadInAllThreeForms) {
  EXPECT_EQ(from_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), moment);
  EXPECT_EQ(from_http_date("Sunday, 06-Nov-94 08:49:37 GMT"), moment);
  EXPECT_EQ(from_http_date("Sun Nov  6 08:49:37 1994"), moment);
  EXPECT_EQ(to_http_date(moment), "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(Timestamps, OffsetsAndFractionsCount) {
  EXPECT_EQ(from_iso8601("1994-11-06T10:49:37.000+02:00"), moment);
  EXPECT_EQ(to_iso8601_micros(*from_iso8601("1994-11-06T08:49:37.25Z")),
            "1994-11-06T08:49:37.250000Z");
}

TEST(Timestamps, NonsenseIsNoTime) {
  for (const char* text :
       {"", "1994-11-06", "1994-13-06T08:49:37Z", "1994-02-30T08:49:37Z", "1994-11-06T08:49:37"}) {
    EXPECT_FALSE(from_iso8601(text)) << text;
  }
  EXPECT_FALSE(from_http_date("yesterday"));
}

TEST(Timestamps, FourteenDigitsMayBeCutShort) {
  EXPECT_EQ(to_digits14(moment), "19941106084937");
  EXPECT_EQ(to_iso8601(*from_digits14("1994")), "1994-01-01T00:00:00Z");
}

}  // namespace
}  // namespace loccit
