// A few threads behind a queue of bounded length, so that a slow stage slows the one before it
// instead of filling memory.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace loccit {

class TaskQueue {
 public:
  using Task = std::function<void()>;

  TaskQueue(unsigned threads, std::size_t length);
  ~TaskQueue();  // drops what has not begun, waits for what has
  TaskQueue(const TaskQueue&) = delete;
  TaskQueue& operator=(const TaskQueue&) = delete;

  void put(Task task);        // waits while the queue is full
  void follow_up(Task task);  // for tasks that make tasks: never waits, goes first
  void wait_until_idle();     // rethrows the first exception that left a task

 private:
  void work();

  const std::size_t length_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Task> tasks_;
  std::size_t running_ = 0;
  bool stopping_ = false;
  std::exception_ptr problem_;
  std::vector<std::jthread> threads_;  // last: they use all of the above
};

}  // namespace loccit
