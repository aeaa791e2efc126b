// What a fuzz target wants of more than "no crash".
#pragma once

#include <cstdio>
#include <cstdlib>

namespace loccit::fuzzing {

// `line` is the caller's: an aborted run says which demand did not hold.
inline void demand(bool holds, const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
  if (holds) return;
  std::fprintf(stderr, "%s:%d: a demand does not hold\n", file, line);
  std::abort();
}

}  // namespace loccit::fuzzing
