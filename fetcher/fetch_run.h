// One fetch_all(): jobs queued by Pacing, run on the EventLoop, and carried on hop by hop until
// each is delivered.
#pragma once

#include <atomic>
#include <deque>
#include <random>
#include <set>
#include <span>
#include <unordered_set>
#include <vector>

#include "fetcher/event_loop.h"
#include "fetcher/fetch_job.h"
#include "fetcher/fetcher.h"
#include "fetcher/pacing.h"
#include "fetcher/robots_book.h"
#include "fetcher/transfer.h"

namespace loccit {

// What outlives a run.
struct FetchContext {
  TransferSettings settings;
  EventLoop loop;
  RobotsBook robots;
  std::atomic<bool> interrupted{false};
};

class FetchRun {
 public:
  FetchRun(FetchContext& context, std::span<const FetchRequest> requests, const FetchSink& sink,
           const RobotsSink& robots_sink);
  void run();

 private:
  using Time = Pacing::Time;
  using JobId = std::size_t;

  // the loop
  void start_due();
  void wait();
  void end_overdue();
  void abandon_all();
  // Stands still while a sink works or a turn is asked for: that time is not the network's.
  Time network_now() const;

  HostSettings of_host(const std::string& host) const;
  bool respects_robots(const std::string& host) const;

  // the way of one job
  void plan(std::span<const FetchRequest> requests);
  void send_on(JobId id);  // to its next hop: robots.txt first, then into the queue of the host
  void ask_robots(JobId id);
  void enqueue(JobId id, std::chrono::milliseconds pause);
  std::chrono::milliseconds wait_for_turn(FetchJob& job);
  void start(JobId id);
  void finish(JobId id, CURLcode code, Stop stop);
  void take_failure(JobId id, TransferOutcome outcome);
  void take_answer(JobId id, TransferOutcome outcome);
  void follow(JobId id, const std::string& target);
  bool try_again(JobId id, const Hop& hop);
  void fail_job(JobId id, FetchFailure failure);
  void end(JobId id);
  void deliver(JobId id);
  void begin_last_round();

  FetchContext& context_;
  const FetchOptions& options_;
  const FetchSink& sink_;
  const RobotsSink& robots_sink_;
  std::deque<FetchJob> jobs_;  // grows while references are held
  std::size_t open_ = 0;       // pages not delivered
  Pacing pacing_;
  std::set<std::pair<Time, JobId>> deadlines_;  // by network_now()
  std::vector<std::unique_ptr<Transfer>> idle_;
  std::unordered_set<std::string> stopped_hosts_;  // that asked not to be asked again
  std::vector<JobId> last_tries_;
  int round_ = 0;      // 1: the failures once more …
  Time not_before_{};  // … after a pause
  std::chrono::steady_clock::duration stood_still_{};
  std::minstd_rand chance_{std::random_device{}()};
};

}  // namespace loccit
