#include "web/turnstile.h"

#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace loccit {
namespace {

TEST(Turnstile, LetsNoMoreThroughThanItHasPlaces) {
  Turnstile turnstile(3);
  std::atomic<int> inside = 0, most = 0, passed = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&] {
      for (int times = 0; times < 200; ++times) {
        const Turnstile::Pass pass(turnstile);
        const int now = ++inside;
        for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
        }
        std::this_thread::yield();
        --inside;
        ++passed;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(passed, 16 * 200);
  EXPECT_LE(most, 3);
}

TEST(Turnstile, KeepsTheOrderInWhichTheyCame) {
  Turnstile turnstile(1);
  std::vector<int> order;
  std::vector<std::jthread> threads;
  std::atomic<int> arrived = 0;
  {
    const Turnstile::Pass first(turnstile);
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&, i] {
        ++arrived;
        const Turnstile::Pass pass(turnstile);
        order.push_back(i);
      });
      while (arrived <= i) std::this_thread::yield();
      std::this_thread::sleep_for(std::chrono::milliseconds(50));  // until it stands in the queue
    }
  }
  threads.clear();
  EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7}));
}

}  // namespace
}  // namespace loccit
