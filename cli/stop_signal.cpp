#include "cli/stop_signal.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace loccit {
namespace {

std::atomic<bool> asked = false;
std::atomic<Fetcher*> busy = nullptr;
int wake[2] = {-1, -1};  // a byte in it wakes wait()
static_assert(std::atomic<Fetcher*>::is_always_lock_free);

extern "C" void on_stop(int) {
  const int kept = errno;
  asked = true;
  if (Fetcher* fetcher = busy.load()) fetcher->interrupt();
  [[maybe_unused]] const auto ignored = ::write(wake[1], "", 1);
  errno = kept;
}

void handle(void (*handler)(int)) {
  struct sigaction action = {};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

}  // namespace

StopSignal::StopSignal() {
  if (wake[0] != -1) throw std::logic_error("one command at a time waits for signals");
  if (::pipe2(wake, O_CLOEXEC | O_NONBLOCK) != 0)
    throw std::system_error(errno, std::generic_category(), "pipe2");
  asked = false;
  handle(on_stop);
}

StopSignal::~StopSignal() {
  handle(SIG_DFL);
  busy = nullptr;
  ::close(wake[0]);
  ::close(wake[1]);
  wake[0] = wake[1] = -1;
}

bool StopSignal::stopped() const { return asked; }
void StopSignal::stop() { on_stop(0); }

bool StopSignal::wait(std::chrono::milliseconds time) const {
  struct pollfd pipe = {wake[0], POLLIN, 0};
  if (!asked) ::poll(&pipe, 1, static_cast<int>(time.count()));
  return asked;
}

void StopSignal::interrupts(Fetcher* fetcher) {
  busy = fetcher;
  if (asked && fetcher != nullptr) fetcher->interrupt();
}

}  // namespace loccit
