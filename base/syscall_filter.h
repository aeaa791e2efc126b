// What a child that reads hostile bytes may ask of the kernel: no sockets, no writing of files, no
// meddling with others.
#pragma once

#include <vector>

#include <linux/filter.h>

namespace loccit {

using SyscallFilter = std::vector<sock_filter>;

// Empty where this machine's system calls are not known to us; the limits of process.h hold all the
// same.
SyscallFilter read_only_filter();

// For the calling thread and all that it executes, for good. Async-signal-safe. A kernel without
// seccomp is let pass.
void apply(const SyscallFilter& filter);

}  // namespace loccit
