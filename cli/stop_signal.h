// SIGINT and SIGTERM for commands that go on until they are told to stop.
#pragma once

#include <chrono>

#include "fetcher/fetcher.h"

namespace loccit {

// While it lives, SIGINT and SIGTERM ask for a stop; they never end the program by themselves. One
// at a time.
class StopSignal {
 public:
  StopSignal();
  ~StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;

  bool stopped() const;
  void stop();  // as if the signal had come
  // Sleeps until the time has passed or the stop is asked for; true in the latter case.
  bool wait(std::chrono::milliseconds time) const;

  // From now on a stop interrupts this fetcher too; nullptr: none.
  void interrupts(Fetcher* fetcher);
};

}  // namespace loccit
