// Lets few through at once, in the order in which they came. Answers are made by the processor:
// made all at once, each is slow, and the last one slowest.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>

namespace loccit {

class Turnstile {
 public:
  explicit Turnstile(unsigned places) : free_(places) {}

  class Pass {
   public:
    explicit Pass(Turnstile& turnstile) : turnstile_(turnstile) { turnstile_.enter(); }
    ~Pass() { turnstile_.leave(); }
    Pass(const Pass&) = delete;
    Pass& operator=(const Pass&) = delete;

   private:
    Turnstile& turnstile_;
  };

 private:
  struct Waiting {
    std::condition_variable called;
    bool may_enter = false;
  };

  void enter() {
    std::unique_lock lock(mutex_);
    if (free_ > 0) {
      --free_;
      return;
    }
    Waiting self;
    queue_.push_back(&self);
    self.called.wait(lock, [&] { return self.may_enter; });
  }

  void leave() {
    const std::lock_guard lock(mutex_);
    if (queue_.empty()) {
      ++free_;
      return;
    }
    Waiting& next = *queue_.front();  // the place is handed on
    queue_.pop_front();
    next.may_enter = true;
    next.called.notify_one();  // under the lock: afterwards `next` may be gone
  }

  std::mutex mutex_;
  std::deque<Waiting*> queue_;
  unsigned free_;
};

}  // namespace loccit
