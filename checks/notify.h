// Changes of standing told to people: from the registry's outbox to wherever they want to hear of
// them. A notice was stored together with its change; here it is sent, tried again until it is
// through, and sent no second time. Killed between the sending and the note of it, a watch sends
// once more under the same id: that is how a receiver knows.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "registry/registry.h"

namespace loccit {

// What one sending tells: the notices of one document, or a digest of all.
struct Message {
  std::string id;  // the same whenever the same notices are sent
  std::string subject, text;
  std::string json;  // loccit.notice/1
};

// One way to be told. `send` fails with a sentence; it is tried again.
struct Sink {
  std::string name;  // stays the same from run to run
  std::function<Result<void>(const Message& message)> send;
};

struct NotifyOptions {
  std::vector<Sink> sinks;
  std::chrono::hours digest{0};  // gathers for so long and then sends all as one; 0: at once
  // {count}, {documents} and {notices} stand for what is told. A first line "Subject: …" is the
  // subject.
  std::string message_template;
};

struct Delivery {
  std::size_t sent = 0;              // messages
  std::vector<std::string> remarks;  // what failed, and that it is tried again
};

// Sends what waits. Reminders that have come due are added first.
Result<Delivery> deliver(Registry& registry, const NotifyOptions& options, Timestamp now);

Message write_message(const std::vector<Notice>& notices, const std::string& message_template);

// 1, 2, 4, … minutes, a day at most.
std::chrono::minutes delivery_pause(int attempts);

}  // namespace loccit
