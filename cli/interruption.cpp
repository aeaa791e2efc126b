#include "cli/interruption.h"

#include <atomic>
#include <csignal>
#include <stdexcept>

namespace loccit {
namespace {

std::atomic<Fetcher*> watched = nullptr;
static_assert(std::atomic<Fetcher*>::is_always_lock_free);  // or a signal handler may not touch it

extern "C" void on_signal(int) {
  if (Fetcher* fetcher = watched.load()) fetcher->interrupt();
}

void handle(int signal, void (*handler)(int)) {
  struct sigaction action = {};
  action.sa_handler = handler;
  action.sa_flags = handler == SIG_DFL ? 0 : static_cast<int>(SA_RESETHAND);
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, nullptr);
}

}  // namespace

InterruptOnSignal::InterruptOnSignal(Fetcher& fetcher) {
  if (watched.exchange(&fetcher) != nullptr)
    throw std::logic_error("one check at a time waits for signals");
  handle(SIGINT, on_signal);
  handle(SIGTERM, on_signal);
}

InterruptOnSignal::~InterruptOnSignal() {
  handle(SIGINT, SIG_DFL);
  handle(SIGTERM, SIG_DFL);
  watched = nullptr;
}

}  // namespace loccit
