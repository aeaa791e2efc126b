// Numbers for Prometheus (text exposition format 0.0.4).
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "web/library.h"
#include "web/message.h"

namespace loccit {

// `answers`: how many answers were given, by their status' first digit.
WebResponse metrics(Library& library, const std::array<std::atomic<std::uint64_t>, 6>& answers);

}  // namespace loccit
