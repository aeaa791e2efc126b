#include "cli/worker_status.h"

#include <iostream>

#include "web/metrics.h"

namespace loccit {

WorkerStatus::WorkerStatus(std::string worker, LogFormat format, bool quiet, Clock clock)
    : worker_(std::move(worker)), format_(format), quiet_(quiet), clock_(std::move(clock)) {}

void WorkerStatus::begun(const std::string& listening) {
  std::string sentence = "working as " + worker_;
  if (!listening.empty()) sentence += ", asked about it at http://" + listening + "/";
  log("begun", sentence, {{"version", LOCCIT_VERSION}, {"listening", listening}}, false);
}

void WorkerStatus::leasing() {
  const std::lock_guard lock(mutex_);
  round_began_ = clock_();
}

void WorkerStatus::done(const WorkerRound& round) {
  const Timestamp now = clock_();
  std::int64_t took = 0;
  {
    const std::lock_guard lock(mutex_);
    trouble_.reset();
    if (round.hosts > 0) {
      took = (now - round_began_).count();
      busy_microseconds_ += took;
      ++rounds_;
      citations_ += round.citations;
      late_ += round.late;
      last_result_ = now;
    }
  }
  for (const std::string& message : round.remarks) remark(message);
  if (round.hosts == 0) return;
  std::string sentence = to_iso8601(now) + "  " + std::to_string(round.citations) +
                         " citations of " + std::to_string(round.hosts) + " hosts";
  if (round.late > 0) sentence += ", " + std::to_string(round.late) + " hosts too late";
  const auto count = [](std::size_t n) { return static_cast<std::int64_t>(n); };
  log("round", sentence,
      {{"hosts", count(round.hosts)},
       {"citations", count(round.citations)},
       {"late_hosts", count(round.late)},
       {"milliseconds", took / 1000}},
      false);
}

void WorkerStatus::trouble(const std::string& message, std::chrono::milliseconds pause) {
  {
    const std::lock_guard lock(mutex_);
    trouble_ = message;
    ++failures_;
  }
  log("trouble", message + "; trying again in " + std::to_string(pause.count() / 1000) + " s",
      {{"message", message}, {"pause_milliseconds", std::int64_t{pause.count()}}}, true);
}

void WorkerStatus::remark(const std::string& message) {
  log("remark", message, {{"message", message}}, true);
}

void WorkerStatus::ended() { log("ended", "", {}, false); }

void WorkerStatus::log(const char* event, const std::string& sentence, Fields fields,
                       bool is_error) const {
  const std::lock_guard lock(mutex_);
  if (format_ == LogFormat::json) {
    if (quiet_ && !is_error) return;
    Json line = Json::object({{"at", to_iso8601(clock_())}, {"event", event}, {"worker", worker_}});
    for (auto& [name, value] : fields) line.set(name, std::move(value));
    (is_error ? std::cerr : std::cout) << write_json(line) << std::endl;
  } else if (!sentence.empty() && is_error) {
    std::cerr << "loccit: " << sentence << std::endl;
  } else if (!sentence.empty() && !quiet_) {
    std::cout << sentence << std::endl;
  }
}

WebResponse WorkerStatus::answer(const WebRequest& request) const {
  const std::lock_guard lock(mutex_);
  if (request.method != "GET" && request.method != "HEAD")
    return plain_text(405, "only GET and HEAD\n");
  if (request.path == "/healthz")
    return trouble_ ? plain_text(503, *trouble_ + "\n") : plain_text(200, "ok\n");
  if (request.path != "/metrics") return plain_text(404, "there are /healthz and /metrics\n");
  std::string out;
  const auto metric = [&](const char* name, const char* type, const char* help, std::uint64_t value,
                          const std::string& labels = "") {
    describe_metric(out, name, type, help);
    add_sample(out, name, labels, value);
  };
  metric("loccit_build_info", "gauge", "The version that works.", 1,
         "version=\"" LOCCIT_VERSION "\"");
  metric("loccit_worker_rounds_total", "counter", "Rounds that brought results back.", rounds_);
  metric("loccit_worker_citations_total", "counter", "Citations looked at.", citations_);
  metric("loccit_worker_late_hosts_total", "counter",
         "Hosts whose lease had gone to another before the results came.", late_);
  metric("loccit_worker_failures_total", "counter",
         "Times that the registry or the archive was out of reach.", failures_);
  metric("loccit_worker_busy_seconds_total", "counter", "Time spent in those rounds.",
         static_cast<std::uint64_t>(busy_microseconds_ / 1'000'000));
  metric("loccit_worker_last_result_timestamp_seconds", "gauge",
         "When results were last brought back, in seconds since 1970; 0: not yet.",
         static_cast<std::uint64_t>(last_result_.time_since_epoch().count() / 1'000'000));
  metric("loccit_worker_healthy", "gauge", "1 unless registry or archive is out of reach.",
         trouble_ ? 0 : 1);
  return metrics_answer(std::move(out));
}

}  // namespace loccit
