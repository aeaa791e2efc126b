#include "fetcher/retry.h"

#include <gtest/gtest.h>

namespace loccit {
namespace {

using namespace std::chrono_literals;

TEST(Retry, IsForWhatCanPassAlone) {
  for (int status : {408, 425, 429, 500, 502, 503, 504, 520})
    EXPECT_TRUE(may_pass(status)) << status;
  for (int status : {200, 301, 304, 400, 401, 403, 404, 410, 451, 501, 505})
    EXPECT_FALSE(may_pass(status)) << status;
  EXPECT_TRUE(may_pass(FetchFault::timed_out));
  for (FetchFault fault :
       {FetchFault::special_address, FetchFault::tls_expired, FetchFault::robots_refused,
        FetchFault::bad_scheme, FetchFault::too_large, FetchFault::too_many_redirects}) {
    EXPECT_FALSE(may_pass(fault)) << name(fault);
    EXPECT_FALSE(worth_a_last_try(fault)) << name(fault);
  }
  EXPECT_FALSE(may_pass(FetchFault::name_not_resolved));
  EXPECT_TRUE(worth_a_last_try(FetchFault::name_not_resolved));
}

TEST(Backoff, DoublesUpToItsCeilingAndJittersDownwards) {
  EXPECT_EQ(backoff(1, 0), 500ms);
  EXPECT_EQ(backoff(2, 0), 1000ms);
  EXPECT_EQ(backoff(3, 0), 2000ms);
  EXPECT_EQ(backoff(1, 1), 250ms);
  EXPECT_EQ(backoff(1'000'000, 0), 10s);
}

TEST(RetryAfter, IsReadAsSecondsOrAsADate) {
  const Timestamp now = from_iso8601("1994-11-06T08:49:00Z").value();
  EXPECT_EQ(retry_after({{"Retry-After", "120"}}, now), 120s);
  EXPECT_EQ(retry_after({{"retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"}}, now), 37s);
  EXPECT_EQ(retry_after({{"retry-after", "Sun, 06 Nov 1994 08:00:00 GMT"}}, now), 0s)
      << "a date gone by";
  EXPECT_EQ(retry_after({{"retry-after", "-5"}}, now), 0s);
  EXPECT_GT(retry_after({{"retry-after", "99999999999999999999"}}, now), 24h);
  EXPECT_EQ(retry_after({{"retry-after", "soon"}}, now), std::nullopt);
  EXPECT_EQ(retry_after({}, now), std::nullopt);
}

}  // namespace
}  // namespace loccit
