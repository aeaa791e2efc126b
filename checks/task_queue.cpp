#include "checks/task_queue.h"

#include <utility>

namespace loccit {

TaskQueue::TaskQueue(unsigned threads, std::size_t length) : length_(length) {
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

TaskQueue::~TaskQueue() {
  const std::lock_guard lock(mutex_);
  stopping_ = true;
  tasks_.clear();
  changed_.notify_all();
}

void TaskQueue::put(Task task) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return tasks_.size() < length_; });
  tasks_.push_back(std::move(task));
  changed_.notify_all();
}

void TaskQueue::follow_up(Task task) {
  const std::lock_guard lock(mutex_);
  tasks_.push_front(std::move(task));
  changed_.notify_all();
}

void TaskQueue::wait_until_idle() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return tasks_.empty() && running_ == 0; });
  if (problem_) std::rethrow_exception(std::exchange(problem_, nullptr));
}

void TaskQueue::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || !tasks_.empty(); });
    if (tasks_.empty()) return;
    const Task task = std::move(tasks_.front());
    tasks_.pop_front();
    ++running_;
    changed_.notify_all();
    lock.unlock();
    std::exception_ptr problem;
    try {
      task();
    } catch (...) {
      problem = std::current_exception();
    }
    lock.lock();
    if (problem && !problem_) problem_ = problem;
    --running_;
    changed_.notify_all();
  }
}

}  // namespace loccit
