#include "checks/task_queue.h"

#include <atomic>
#include <chrono>
#include <future>
#include <stdexcept>

#include <gtest/gtest.h>

namespace loccit {
namespace {

TEST(TaskQueue, DoesEverythingThatWasPut) {
  std::atomic<int> done = 0;
  TaskQueue queue(3, 2);
  for (int i = 0; i < 500; ++i) queue.put([&] { ++done; });
  queue.wait_until_idle();
  EXPECT_EQ(done, 500);
}

TEST(TaskQueue, MakesTheGiverWaitWhileItIsFull) {
  std::promise<void> gate;
  std::shared_future<void> open(gate.get_future());
  TaskQueue queue(1, 1);
  std::atomic<int> given = 0;
  std::jthread giver([&] {
    for (int i = 0; i < 5; ++i) {
      queue.put([open] { open.wait(); });
      ++given;
    }
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_LE(given, 2);  // one at work, one that waits
  gate.set_value();
  giver.join();
  queue.wait_until_idle();
  EXPECT_EQ(given, 5);
}

TEST(TaskQueue, TakesFollowUpsOfATaskAlthoughItIsFull) {
  std::atomic<int> done = 0;
  TaskQueue queue(1, 1);
  queue.put([&] {
    for (int i = 0; i < 10; ++i) queue.follow_up([&] { ++done; });
  });
  queue.wait_until_idle();
  EXPECT_EQ(done, 10);
}

TEST(TaskQueue, RethrowsWhatLeftATask) {
  TaskQueue queue(2, 2);
  queue.put([] { throw std::runtime_error("x"); });
  EXPECT_THROW(queue.wait_until_idle(), std::runtime_error);
}

}  // namespace
}  // namespace loccit
