// Numbers for Prometheus (text exposition format 0.0.4).
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>

#include "web/library.h"
#include "web/message.h"

namespace loccit {

// One metric's head, and its values.
void describe_metric(std::string& out, const char* name, const char* type, const char* help);
void add_sample(std::string& out, const char* name, const std::string& labels, std::uint64_t value);
WebResponse metrics_answer(std::string samples);

// `answers`: how many answers were given, by their status' first digit.
WebResponse metrics(Library& library, const std::array<std::atomic<std::uint64_t>, 6>& answers);

}  // namespace loccit
