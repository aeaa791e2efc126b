#include "fetcher/fetch_run.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "fetcher/redirects.h"
#include "fetcher/retry.h"

namespace loccit {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Long enough for a restart or a full queue to pass.
constexpr milliseconds before_last_round{1'000};
constexpr int robots_max_redirects = 5;  // RFC 9309 §2.3.1.2
// Some sites redirect to the same URL once, to see whether a cookie comes back.
constexpr int visits_allowed = 2;

bool is_tls(FetchFault fault) {
  return fault == FetchFault::tls_expired || fault == FetchFault::tls_untrusted ||
         fault == FetchFault::tls_wrong_host || fault == FetchFault::tls_failed ||
         fault == FetchFault::tls_revoked;
}

bool is_web(const std::string& scheme) { return scheme == "http" || scheme == "https"; }

bool same_origin(const Url& a, const Url& b) {
  return a.scheme == b.scheme && a.host == b.host && a.port == b.port;
}

void add_note(Exchange& exchange, const std::string& note) {
  if (exchange.note.find(note) != std::string::npos) return;
  exchange.note += (exchange.note.empty() ? "" : "; ") + note;
}

}  // namespace

FetchRun::FetchRun(FetchContext& context, std::span<const FetchRequest> requests,
                   const FetchSink& sink, const RobotsSink& robots_sink)
    : context_(context),
      options_(context.settings.options),
      sink_(sink),
      robots_sink_(robots_sink),
      pacing_({options_.concurrency, options_.per_host, options_.delay,
               [this](const std::string& host) { return of_host(host); }}) {
  plan(requests);
}

FetchRun::Time FetchRun::network_now() const { return steady_clock::now() - stood_still_; }

// One job for each distinct source; robots.txt jobs come after them as hosts turn up.
void FetchRun::plan(std::span<const FetchRequest> requests) {
  std::unordered_map<std::string, JobId> by_source;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const FetchRequest& request = requests[i];
    const auto url = parse_url(request.url);
    const std::string key =
        url ? url->user_info + "@" + fetch_key(request.url).value() : request.url;
    const auto [it, fresh] = by_source.try_emplace(key, jobs_.size());
    if (fresh) {
      FetchJob job;
      job.request = request;
      if (url) job.cited = *url;
      jobs_.push_back(std::move(job));
    }
    jobs_[it->second].requests.push_back(i);
  }
  open_ = jobs_.size();
}

void FetchRun::run() {
  const std::size_t pages = jobs_.size();
  for (JobId id = 0; id < pages && !context_.interrupted; ++id) send_on(id);
  while (open_ > 0 && !context_.interrupted) {
    if (open_ == last_tries_.size()) begin_last_round();
    start_due();
    if (open_ > 0 && open_ != last_tries_.size()) wait();
    end_overdue();
  }
  if (context_.interrupted) abandon_all();
}

void FetchRun::start_due() {
  while (!context_.interrupted) {
    const auto id = pacing_.next(network_now());
    if (!id) return;
    start(*id);
  }
}

void FetchRun::wait() {
  using std::chrono::microseconds;
  std::optional<microseconds> longest;
  const auto at_most = [&](steady_clock::duration time) {
    const auto left = std::max(microseconds(0), std::chrono::ceil<microseconds>(time));
    longest = longest ? std::min(*longest, left) : left;
  };
  if (const auto wake_at = pacing_.wake_at()) at_most(*wake_at - network_now());
  if (!deadlines_.empty()) at_most(deadlines_.begin()->first - network_now());
  for (const EventLoop::Finished& done : context_.loop.wait(longest)) {
    if (context_.interrupted) return;
    char* id = nullptr;
    curl_easy_getinfo(done.handle, CURLINFO_PRIVATE, &id);
    finish(reinterpret_cast<JobId>(id), done.code, Stop::none);
  }
}

void FetchRun::end_overdue() {
  while (!deadlines_.empty() && deadlines_.begin()->first <= network_now() &&
         !context_.interrupted) {
    finish(deadlines_.begin()->second, CURLE_OPERATION_TIMEDOUT, Stop::deadline);
  }
}

void FetchRun::abandon_all() {
  for (JobId id = 0; id < jobs_.size(); ++id) {
    FetchJob& job = jobs_[id];
    if (job.delivered) continue;
    if (job.transfer) {
      context_.loop.remove(job.transfer->handle());
      job.transfer.reset();
    }
    if (job.purpose == Purpose::robots) continue;
    job.exchange.failure = FetchFailure{FetchFault::interrupted,
                                        "the fetch of " + job.request.url + " was interrupted"};
    deliver(id);
  }
  context_.robots.forget_unsettled();
}

HostSettings FetchRun::of_host(const std::string& host) const {
  return settings_for(options_.hosts, host);
}

bool FetchRun::respects_robots(const std::string& host) const {
  return of_host(host).respect_robots.value_or(options_.respect_robots);
}

void FetchRun::send_on(JobId id) {
  FetchJob& job = jobs_[id];
  if (job.exchange.requested_url.empty()) {  // the first hop
    job.exchange.requested_url = job.request.url;
    job.exchange.started_at = context_.settings.clock();
    if (!respects_robots(job.cited.host) && job.purpose == Purpose::page)
      add_note(job.exchange, "robots.txt was not asked for");
    const std::string scheme = url_scheme(job.request.url);
    if (!scheme.empty() && !is_web(scheme)) {
      return fail_job(
          id, {FetchFault::bad_scheme, "only http and https are fetched, not " + scheme + ":"});
    }
    if (job.cited.host.empty()) {
      return fail_job(id, {FetchFault::bad_url, "the URL cannot be read: " +
                                                    parse_url(job.request.url).error().message});
    }
    job.at = job.cited;
    job.visits[without_user_info(job.at)] = 1;
  }
  if (auto refusal = refusal_through_proxy(context_.settings, job.at))
    return fail_job(id, {FetchFault::special_address,
                         job.at.host + " was not fetched: " + *std::move(refusal)});
  if (job.purpose == Purpose::page && respects_robots(job.at.host)) return ask_robots(id);
  enqueue(id, milliseconds(0));
}

void FetchRun::ask_robots(JobId id) {
  const Url url = jobs_[id].at;
  using Kind = RobotsBook::Answer::Kind;
  auto answer = context_.robots.look_up(url, context_.settings.clock(), round_);
  switch (answer.kind) {
    case Kind::go:
      return enqueue(id, milliseconds(0));
    case Kind::stay_out:
      return fail_job(id, *std::move(answer.failure));
    case Kind::wait:
      return context_.robots.park(url, id);
    case Kind::ask:
      break;
  }
  context_.robots.begin_asking(url, round_);
  context_.robots.park(url, id);
  FetchJob robots;
  robots.purpose = Purpose::robots;
  robots.cited = robots_url(url);
  robots.request.url = to_string(robots.cited);
  jobs_.push_back(std::move(robots));
  send_on(jobs_.size() - 1);
}

void FetchRun::enqueue(JobId id, milliseconds pause) {
  FetchJob& job = jobs_[id];
  job.paced_host = job.at.host;
  pacing_.add(job.paced_host, id, std::max(network_now() + pause, not_before_));
}

// 0: it may start now. A turn that was missed, since all places here were taken, is given up: the
// next of that host, elsewhere, may follow closely upon it.
milliseconds FetchRun::wait_for_turn(FetchJob& job) {
  constexpr milliseconds slack{20};
  const milliseconds delay = of_host(job.paced_host).delay.value_or(options_.delay);
  if (!options_.turn || delay == milliseconds(0)) return milliseconds(0);
  const Time now = steady_clock::now();
  const auto had = std::exchange(job.turn, std::nullopt);
  if (had && now <= *had + slack) return milliseconds(0);
  const auto wait = options_.turn(job.paced_host, delay);
  stood_still_ += steady_clock::now() - now;
  if (!wait) return milliseconds(1000);
  if (*wait > milliseconds(0)) job.turn = now + *wait;
  return *wait;
}

void FetchRun::start(JobId id) {
  FetchJob& job = jobs_[id];
  if (stopped_hosts_.count(job.paced_host) != 0) {
    pacing_.done(job.paced_host, network_now());
    return fail_job(
        id, {FetchFault::rate_limited,
             job.paced_host + " asked not to be asked again for longer than this run waits"});
  }
  if (const auto wait = wait_for_turn(job); wait > milliseconds(0))
    return pacing_.put_back(job.paced_host, id, network_now() + wait);
  if (idle_.empty()) idle_.push_back(std::make_unique<Transfer>(context_.settings));
  job.transfer = std::move(idle_.back());
  idle_.pop_back();
  TransferRequest request;
  request.url = job.at;
  request.max_bytes = job.purpose == Purpose::robots ? robots_max_bytes : options_.max_bytes;
  request.trust = job.distrust ? Trust::none : Trust::verify;
  request.guise = job.guise;
  request.cookies = job.cookies;
  // The validators belong to one URL: sent to another, they could fetch a 304 that means nothing.
  const std::string& validated =
      job.request.validated_url.empty() ? job.request.url : job.request.validated_url;
  if (!job.distrust &&
      fetch_key(validated).value_or("") == fetch_key(to_string(job.at)).value_or("?")) {
    if (!job.request.etag.empty())
      request.conditions.push_back("If-None-Match: " + job.request.etag);
    if (!job.request.last_modified.empty())
      request.conditions.push_back("If-Modified-Since: " + job.request.last_modified);
  }
  job.transfer->prepare(request);
  ++job.tries;
  job.exchange.tries = std::max(job.exchange.tries, job.earlier_tries + job.tries);
  curl_easy_setopt(job.transfer->handle(), CURLOPT_PRIVATE, reinterpret_cast<char*>(id));
  job.deadline = network_now() + of_host(job.at.host).timeout.value_or(options_.timeout);
  deadlines_.emplace(job.deadline, id);
  context_.loop.add(job.transfer->handle());
}

void FetchRun::finish(JobId id, CURLcode code, Stop stop) {
  FetchJob& job = jobs_[id];
  deadlines_.erase({job.deadline, id});
  context_.loop.remove(job.transfer->handle());
  curl_off_t total = 0, until_sent = 0;
  curl_easy_getinfo(job.transfer->handle(), CURLINFO_TOTAL_TIME_T, &total);
  curl_easy_getinfo(job.transfer->handle(), CURLINFO_PRETRANSFER_TIME_T, &until_sent);
  const std::chrono::microseconds since_sent(until_sent > 0 ? total - until_sent : total);
  TransferOutcome outcome = job.transfer->finish(code, stop);
  job.cookies = job.transfer->take_cookies();
  if (job.distrust) job.cookies.clear();
  idle_.push_back(std::move(job.transfer));
  outcome.hop.fragment = job.fragment;
  // Started, it may have had to wait for a connection, or for this thread: what the host saw is
  // what keeps the distance.
  const milliseconds delay = of_host(job.paced_host).delay.value_or(options_.delay);
  pacing_.hold(job.paced_host, network_now() - since_sent + delay);
  pacing_.done(job.paced_host, network_now());
  outcome.failure ? take_failure(id, std::move(outcome)) : take_answer(id, std::move(outcome));
}

// Queues the same hop once more, if that is worth it and allowed.
bool FetchRun::try_again(JobId id, const Hop& hop) {
  FetchJob& job = jobs_[id];
  const auto wished = retry_after(hop.headers, context_.settings.clock());
  if (wished && *wished > options_.longest_wait) {
    stopped_hosts_.insert(job.paced_host);
    add_note(job.exchange, job.paced_host + " asked to be left alone for " +
                               std::to_string(wished->count()) + " s");
    return false;
  }
  if (wished) pacing_.hold(job.paced_host, network_now() + *wished);
  if (job.tries > of_host(job.at.host).retries.value_or(options_.retries) ||
      stopped_hosts_.count(job.paced_host) != 0)
    return false;
  const double chance = std::uniform_real_distribution<>(0, 1)(chance_);
  enqueue(id, wished ? milliseconds(*wished) : backoff(job.tries, chance));
  return true;
}

void FetchRun::take_failure(JobId id, TransferOutcome outcome) {
  FetchJob& job = jobs_[id];
  FetchFailure& failure = *outcome.failure;
  if (is_tls(failure.fault) && !job.distrust && job.purpose == Purpose::page) {
    job.distrust = std::move(failure);
    job.cookies.clear();
    job.tries = 0;
    return enqueue(id, milliseconds(0));
  }
  if (may_pass(failure.fault) && try_again(id, outcome.hop)) return;
  const int tries = job.earlier_tries + job.tries;
  if (tries > 1) failure.message += ", after " + std::to_string(tries) + " tries";
  job.exchange.hops.push_back(std::move(outcome.hop));
  fail_job(id, std::move(failure));
}

void FetchRun::take_answer(JobId id, TransferOutcome outcome) {
  FetchJob& job = jobs_[id];
  Hop& hop = outcome.hop;
  if (may_pass(hop.status) && try_again(id, hop)) return;
  if ((hop.status == 403 || hop.status == 406) && options_.browser_headers_on_refusal &&
      job.guise == Guise::ourselves) {
    job.guise = Guise::browser;
    add_note(job.exchange,
             "asked again with a browser's headers after " + std::to_string(hop.status));
    return enqueue(id, milliseconds(0));
  }
  const auto target = redirect_of(hop, to_string(job.at));
  job.exchange.untrusted = job.exchange.untrusted || job.distrust.has_value();
  job.exchange.hops.push_back(std::move(hop));
  if (!target)
    return fail_job(id, {FetchFault::bad_url, job.at.host + " " + target.error().message});
  if (!*target) return end(id);
  follow(id, **target);
}

void FetchRun::follow(JobId id, const std::string& target) {
  FetchJob& job = jobs_[id];
  const std::string scheme = url_scheme(target);
  if (!is_web(scheme)) {
    return fail_job(
        id, {FetchFault::bad_scheme, job.at.host + " redirects to " + target.substr(0, 200) +
                                         "; only http and https are fetched"});
  }
  const auto next = parse_url(target);
  if (!next)
    return fail_job(id, {FetchFault::bad_url,
                         job.at.host + " redirects to what is no URL: " + next.error().message});
  const int limit = job.purpose == Purpose::robots ? robots_max_redirects : options_.max_redirects;
  if (static_cast<int>(job.exchange.hops.size()) > limit) {
    return fail_job(id, {FetchFault::too_many_redirects, job.cited.host + " redirects more than " +
                                                             std::to_string(limit) +
                                                             " times (--max-redirects)"});
  }
  if (++job.visits[without_user_info(*next)] > visits_allowed) {
    return fail_job(id, {FetchFault::too_many_redirects, "the redirects of " + job.cited.host +
                                                             " go round in a circle, back to " +
                                                             without_user_info(*next)});
  }
  const std::string user_info =
      same_origin(*next, job.at) && next->user_info.empty() ? job.at.user_info : next->user_info;
  job.at = *next;
  job.at.user_info = user_info;
  job.fragment = next->fragment;
  job.tries = 0;
  send_on(id);
}

void FetchRun::fail_job(JobId id, FetchFailure failure) {
  jobs_[id].exchange.failure = std::move(failure);
  end(id);
}

void FetchRun::end(JobId id) {
  FetchJob& job = jobs_[id];
  if (job.distrust) job.exchange.failure = job.distrust;  // whatever came of the look without trust
  if (job.purpose == Purpose::robots) {
    const Url url = job.cited;
    const auto waiting = context_.robots.settle(url, job.exchange, context_.settings.clock());
    deliver(id);
    for (const JobId waiter : waiting) {
      if (!context_.interrupted) send_on(waiter);
    }
    return;
  }
  const int status = job.exchange.hops.empty() ? 0 : job.exchange.hops.back().status;
  const bool flaky =
      job.exchange.failure ? worth_a_last_try(job.exchange.failure->fault) : may_pass(status);
  if (flaky && round_ == 0 && options_.retries > 0 && stopped_hosts_.count(job.at.host) == 0) {
    last_tries_.push_back(id);
    return;
  }
  deliver(id);
}

void FetchRun::begin_last_round() {
  round_ = 1;
  not_before_ = network_now() + before_last_round;
  for (const JobId id : std::exchange(last_tries_, {})) {
    FetchJob& job = jobs_[id];
    FetchJob again;
    again.requests = std::move(job.requests);
    again.request = std::move(job.request);
    again.cited = job.cited;
    again.earlier_tries = job.exchange.tries;
    job = std::move(again);
    send_on(id);
  }
}

void FetchRun::deliver(JobId id) {
  FetchJob& job = jobs_[id];
  const auto begun = steady_clock::now();
  if (job.purpose == Purpose::robots) {
    if (robots_sink_) robots_sink_(std::move(job.exchange));
  } else {
    --open_;
    sink_(job.requests, std::move(job.exchange));
  }
  job = FetchJob();
  job.delivered = true;
  stood_still_ += steady_clock::now() - begun;
}

}  // namespace loccit
