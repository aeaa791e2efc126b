// What a worker tells of itself: a line for each event, and numbers for whoever asks over HTTP.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/timestamp.h"
#include "checks/worker.h"
#include "web/message.h"

namespace loccit {

enum class LogFormat { text, json };

// Called from several threads.
class WorkerStatus {
 public:
  WorkerStatus(std::string worker, LogFormat format, bool quiet, Clock clock);

  void begun(const std::string& listening);  // "" where nobody can ask
  void leasing();  // the registry is being asked: from here on a round is under way
  void done(const WorkerRound& round);
  void trouble(const std::string& message, std::chrono::milliseconds pause);
  void remark(const std::string& message);
  void ended();

  // /healthz and /metrics. Healthy: the last attempt at the registry and the archive went well.
  WebResponse answer(const WebRequest& request) const;

 private:
  using Fields = std::vector<std::pair<std::string, Json>>;
  void log(const char* event, const std::string& sentence, Fields fields, bool is_error) const;

  const std::string worker_;
  const LogFormat format_;
  const bool quiet_;
  const Clock clock_;
  mutable std::mutex mutex_;
  Timestamp round_began_;
  std::optional<std::string> trouble_;
  std::size_t rounds_ = 0, citations_ = 0, late_ = 0, failures_ = 0;
  std::int64_t busy_microseconds_ = 0;
  Timestamp last_result_;
};

}  // namespace loccit
