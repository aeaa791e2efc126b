// Ctrl-C and SIGTERM end a check in order: what is in flight is dropped, the archive is whole.
#pragma once

#include "fetcher/fetcher.h"

namespace loccit {

// While it lives, the first SIGINT or SIGTERM interrupts `fetcher` (which must outlive this); a
// second one ends the program.
class InterruptOnSignal {
 public:
  explicit InterruptOnSignal(Fetcher& fetcher);
  ~InterruptOnSignal();
  InterruptOnSignal(const InterruptOnSignal&) = delete;
  InterruptOnSignal& operator=(const InterruptOnSignal&) = delete;
};

}  // namespace loccit
