#include "fetcher/event_loop.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace loccit {
namespace {

int checked(int result, const char* what) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

void checked(CURLMcode code) {
  if (code != CURLM_OK)
    throw std::runtime_error(std::string("libcurl: ") + curl_multi_strerror(code));
}

}  // namespace

EventLoop::EventLoop(long connections)
    : epoll_(checked(::epoll_create1(EPOLL_CLOEXEC), "epoll")),
      wake_(checked(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd")),
      multi_(curl_multi_init()) {
  if (!multi_) throw std::bad_alloc();
  epoll_event event{EPOLLIN, {.fd = wake_}};
  checked(::epoll_ctl(epoll_, EPOLL_CTL_ADD, wake_, &event), "epoll");
  curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETFUNCTION, &EventLoop::on_socket);
  curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_.get(), CURLMOPT_TIMERFUNCTION, &EventLoop::on_timer);
  curl_multi_setopt(multi_.get(), CURLMOPT_TIMERDATA, this);
  curl_multi_setopt(multi_.get(), CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
  curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, connections);
}

EventLoop::~EventLoop() {
  multi_.reset();  // calls on_socket for what is still open
  ::close(wake_);
  ::close(epoll_);
}

int EventLoop::on_socket(CURL* /*handle*/, curl_socket_t socket, int what, void* self,
                         void* /*unused*/) {
  const int epoll = static_cast<EventLoop*>(self)->epoll_;
  epoll_event event{0, {.fd = socket}};
  if ((what & CURL_POLL_IN) != 0) event.events |= EPOLLIN;
  if ((what & CURL_POLL_OUT) != 0) event.events |= EPOLLOUT;
  if (what == CURL_POLL_REMOVE) {
    ::epoll_ctl(epoll, EPOLL_CTL_DEL, socket,
                &event);  // fails where curl has closed it: gone either way
  } else if (::epoll_ctl(epoll, EPOLL_CTL_MOD, socket, &event) != 0) {
    return ::epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event);
  }
  return 0;
}

int EventLoop::on_timer(CURLM* /*multi*/, long milliseconds, void* self) {
  auto& timer = static_cast<EventLoop*>(self)->curl_timer_;
  timer.reset();
  if (milliseconds >= 0)
    timer = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
  return 0;
}

void EventLoop::run_curl(curl_socket_t socket, int events) {
  int running = 0;
  checked(curl_multi_socket_action(multi_.get(), socket, events, &running));
}

std::vector<EventLoop::Finished> EventLoop::finished() {
  std::vector<Finished> done;
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg == CURLMSG_DONE) done.push_back({message->easy_handle, message->data.result});
  }
  return done;
}

void EventLoop::add(CURL* handle) { checked(curl_multi_add_handle(multi_.get(), handle)); }
void EventLoop::remove(CURL* handle) { checked(curl_multi_remove_handle(multi_.get(), handle)); }

std::vector<EventLoop::Finished> EventLoop::wait(std::optional<std::chrono::microseconds> longest) {
  using std::chrono::steady_clock;
  const auto until = longest ? std::optional(steady_clock::now() + *longest) : std::nullopt;
  for (;;) {
    auto next = until;
    if (curl_timer_) next = next ? std::min(*next, *curl_timer_) : *curl_timer_;
    int milliseconds = -1;
    if (next) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(*next - steady_clock::now());
      milliseconds =
          static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(left.count(), 0, 60'000));
    }
    std::array<epoll_event, 128> events{};
    const int count =
        ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), milliseconds);
    if (count < 0 && errno != EINTR) checked(count, "epoll");
    bool woken = false;
    for (int i = 0; i < count; ++i) {
      const epoll_event& event = events[static_cast<std::size_t>(i)];
      if (event.data.fd == wake_) {
        std::uint64_t counted = 0;
        woken = ::read(wake_, &counted, sizeof counted) > 0;
        continue;
      }
      int bits = 0;
      if ((event.events & EPOLLIN) != 0) bits |= CURL_CSELECT_IN;
      if ((event.events & EPOLLOUT) != 0) bits |= CURL_CSELECT_OUT;
      if ((event.events & (EPOLLERR | EPOLLHUP)) != 0) bits |= CURL_CSELECT_ERR;
      run_curl(event.data.fd, bits);
    }
    if (curl_timer_ && *curl_timer_ <= steady_clock::now()) {
      curl_timer_.reset();
      run_curl(CURL_SOCKET_TIMEOUT, 0);
    }
    auto done = finished();
    if (!done.empty() || woken || (until && *until <= steady_clock::now())) return done;
  }
}

void EventLoop::wake() noexcept {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(wake_, &one, sizeof one);
}

}  // namespace loccit
