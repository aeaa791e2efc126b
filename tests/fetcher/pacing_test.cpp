#include "fetcher/pacing.h"

#include <map>

#include <gtest/gtest.h>

namespace loccit {
namespace {

using namespace std::chrono_literals;
const Pacing::Time start{1h};

TEST(Pacing, KeepsTheDelayBetweenTwoStartsOnOneHost) {
  Pacing pacing({.concurrency = 8, .per_host = 2, .delay = 500ms});
  for (Pacing::Task task : {1U, 2U, 3U}) pacing.add("a", task, start);
  EXPECT_EQ(pacing.next(start), 1U);
  EXPECT_EQ(pacing.next(start), std::nullopt);
  EXPECT_EQ(pacing.wake_at(), start + 500ms);
  EXPECT_EQ(pacing.next(start + 499ms), std::nullopt);
  EXPECT_EQ(pacing.next(start + 500ms), 2U);
  EXPECT_EQ(pacing.next(start + 2s), std::nullopt) << "two are running";
  EXPECT_EQ(pacing.wake_at(), std::nullopt);
  pacing.done("a", start + 3s);
  EXPECT_EQ(pacing.next(start + 3s), 3U);
}

TEST(Pacing, StartsWhatWasPutBackFirstAndAtItsTime) {
  Pacing pacing({.concurrency = 8, .per_host = 2, .delay = 500ms});
  for (Pacing::Task task : {1U, 2U}) pacing.add("a", task, start);
  EXPECT_EQ(pacing.next(start), 1U);
  pacing.put_back("a", 1, start + 3ms);
  EXPECT_EQ(pacing.next(start + 2ms), std::nullopt);
  EXPECT_EQ(pacing.wake_at(), start + 3ms);
  EXPECT_EQ(pacing.next(start + 3ms), 1U);
  EXPECT_EQ(pacing.next(start + 502ms), std::nullopt);
  EXPECT_EQ(pacing.next(start + 503ms), 2U);
  pacing.put_back("a", 2, start + 5s);
  EXPECT_EQ(pacing.next(start + 4s), std::nullopt) << "and nothing else of that host";
  EXPECT_EQ(pacing.next(start + 5s), 2U);
}

TEST(Pacing, GivesAHostItsOwnDelayAndNumber) {
  const SettingsByHost hosts = {{"*.slow.example", {.delay = 5s, .per_host = 1}},
                                {"fast.slow.example", {.delay = 0ms}}};
  Pacing pacing({.concurrency = 8, .per_host = 2, .delay = 1s, .of_host = [&](const auto& host) {
                   return settings_for(hosts, host);
                 }});
  for (const std::string host : {"a.slow.example", "fast.slow.example", "slow.example"}) {
    pacing.add(host, 1, start);
    pacing.add(host, 2, start);
  }
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(pacing.next(start)) << "one each, and fast's second";
  EXPECT_EQ(pacing.next(start), std::nullopt);
  EXPECT_TRUE(pacing.next(start + 1s)) << "slow.example itself is not below itself";
  pacing.done("a.slow.example", start + 1s);
  EXPECT_EQ(pacing.next(start + 4s), std::nullopt);
  EXPECT_TRUE(pacing.next(start + 5s));
}

TEST(Pacing, LetsOneSlowHostHoldUpNoOther) {
  Pacing pacing({.concurrency = 8, .per_host = 1, .delay = 1s});
  for (Pacing::Task task = 0; task < 4; ++task) pacing.add("slow", task, start);
  pacing.add("other", 9, start);
  EXPECT_EQ(pacing.next(start), 0U);
  EXPECT_EQ(pacing.next(start), 9U);
}

TEST(Pacing, NeverRunsMoreThanAllowedAtOnce) {
  Pacing pacing({.concurrency = 2, .per_host = 2, .delay = 0ms});
  for (Pacing::Task task = 0; task < 3; ++task) pacing.add("h" + std::to_string(task), task, start);
  EXPECT_EQ(pacing.next(start), 0U);
  EXPECT_EQ(pacing.next(start), 1U);
  EXPECT_EQ(pacing.next(start), std::nullopt);
  EXPECT_EQ(pacing.wake_at(), std::nullopt);
  pacing.done("h0", start);
  EXPECT_EQ(pacing.next(start), 2U);
}

TEST(Pacing, HoldsAHostForAsLongAsItAsked) {
  Pacing pacing({.concurrency = 8, .per_host = 2, .delay = 0ms});
  pacing.add("a", 1, start);
  pacing.add("a", 2, start);
  EXPECT_EQ(pacing.next(start), 1U);
  pacing.done("a", start);
  pacing.hold("a", start + 7s);
  EXPECT_EQ(pacing.next(start + 1s), std::nullopt);
  EXPECT_EQ(pacing.wake_at(), start + 7s);
  EXPECT_EQ(pacing.next(start + 7s), 2U);
}

TEST(Pacing, StartsATaskNotBeforeItsTime) {
  Pacing pacing({.concurrency = 8, .per_host = 2, .delay = 0ms});
  pacing.add("a", 1, start + 4s);
  pacing.add("a", 2, start);
  EXPECT_EQ(pacing.next(start), 2U);
  EXPECT_EQ(pacing.next(start), std::nullopt);
  EXPECT_EQ(pacing.wake_at(), start + 4s);
  EXPECT_EQ(pacing.next(start + 4s), 1U);
}

// 20,000 URLs over 500 hosts at 1 s each: the shortest schedule is 39 s after the first start.
TEST(Pacing, ReachesTheShortestScheduleForManyHosts) {
  Pacing pacing({.concurrency = 64, .per_host = 1, .delay = 1s});
  std::vector<std::string> host_of;
  for (Pacing::Task task = 0; task < 20'000; ++task) {
    host_of.push_back("host" + std::to_string(task % 500));
    pacing.add(host_of.back(), task, start);
  }
  std::map<std::string, Pacing::Time> last;
  Pacing::Time now = start;
  std::size_t started = 0;
  while (started < host_of.size()) {
    while (const auto task = pacing.next(now)) {
      const std::string& host = host_of[*task];
      if (last.count(host) != 0) {
        ASSERT_GE(now - last[host], 1s);
      }
      last[host] = now;
      pacing.done(host, now);
      ++started;
    }
    if (started < host_of.size()) now = std::max(now, pacing.wake_at().value());
  }
  EXPECT_EQ(now - start, 39s);
}

}  // namespace
}  // namespace loccit
