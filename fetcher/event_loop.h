// libcurl's multi interface driven by epoll: all transfers of one Fetcher run on the thread that
// calls wait().
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "fetcher/curl_handles.h"

namespace loccit {

class EventLoop {
 public:
  struct Finished {
    CURL* handle;
    CURLcode code;
  };

  // `connections`: how many to keep open for the next request to the same host.
  explicit EventLoop(long connections);
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  void add(CURL* handle);
  void remove(CURL* handle);  // also in mid-transfer

  // Runs what is ready; returns once something has finished, wake() was called, or `longest` has
  // gone by.
  std::vector<Finished> wait(std::optional<std::chrono::microseconds> longest);

  void wake() noexcept;  // async-signal-safe

 private:
  using Time = std::chrono::steady_clock::time_point;
  static int on_socket(CURL* handle, curl_socket_t socket, int what, void* self, void* unused);
  static int on_timer(CURLM* multi, long milliseconds, void* self);
  void run_curl(curl_socket_t socket, int events);
  std::vector<Finished> finished();

  int epoll_ = -1;
  int wake_ = -1;
  std::optional<Time> curl_timer_;
  MultiHandle multi_;
};

}  // namespace loccit
