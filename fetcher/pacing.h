// When which host may be asked again. Knows neither sockets nor the clock: time is passed in.
// Adding, starting and ending a task cost O(log n) of all hosts and tasks.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <queue>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "fetcher/host_settings.h"

namespace loccit {

struct PacingLimits {
  int concurrency = 32;
  int per_host = 2;
  std::chrono::milliseconds delay{
      500};  // from the start of one request to a host to the start of the next
  std::function<HostSettings(const std::string& host)> of_host;  // what differs; may be empty
};

class Pacing {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Task = std::size_t;  // the caller's own number

  explicit Pacing(const PacingLimits& limits) : limits_(limits) {}

  // Queues `task` behind the others of its host, not to start before `not_before`.
  void add(const std::string& host, Task task, Time not_before);

  // A task that may start now, counted as running from here on.
  std::optional<Task> next(Time now);

  // A task of that host has ended.
  void done(const std::string& host, Time now);

  // A task that next() gave does not start after all: it is the first of its host again, and that
  // host is not asked before `until`.
  void put_back(const std::string& host, Task task, Time until);

  // Nothing more to that host before `until` (Retry-After).
  void hold(const std::string& host, Time until);

  // When next() may have something that it has not now; nullopt: only done() or add() can change
  // that.
  std::optional<Time> wake_at() const;

 private:
  struct Host {
    int at_once = 1;
    std::chrono::milliseconds delay{0};
    std::deque<Task> waiting;
    int running = 0;
    Time free_at{};
    Time queued_for = Time::max();  // the time of its entry in ready_; older entries are void
  };
  struct Later {
    Time at;
    std::uint64_t order;
    std::size_t host;
    Task task;
    bool operator>(const Later& other) const {
      return at != other.at ? at > other.at : order > other.order;
    }
  };
  struct Ready {
    Time at;
    std::uint64_t order;
    std::size_t host;
    bool operator>(const Ready& other) const {
      return at != other.at ? at > other.at : order > other.order;
    }
  };
  template <class T>
  using Soonest = std::priority_queue<T, std::vector<T>, std::greater<>>;

  std::size_t index_of(const std::string& host);
  void offer(std::size_t host, Time earliest);

  PacingLimits limits_;
  std::vector<Host> hosts_;
  std::unordered_map<std::string, std::size_t> names_;
  Soonest<Later> later_;  // tasks whose own time has not come
  Soonest<Ready> ready_;  // hosts that have a task waiting and a place free
  std::uint64_t order_ = 0;
  int running_ = 0;
};

}  // namespace loccit
