#include "checks/worker.h"

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <sstream>

#include <unistd.h>

#include "cli/check_settings.h"
#include "cli/listening.h"
#include "cli/looking.h"
#include "cli/notifying.h"
#include "cli/registry_opening.h"
#include "cli/worker_status.h"
#include "web/server.h"

namespace loccit {
namespace {

using std::chrono::milliseconds;

std::string own_name() {
  char host[256] = "worker";
  ::gethostname(host, sizeof host - 1);
  return std::string(host) + "-" + std::to_string(::getpid());
}

// Every worker asks the registry before it asks a host, also one that no lease is for: where a page
// only redirects to, or what a citation names second.
auto turns_of(Registry& registry) {
  return [&registry](const std::string& host, milliseconds delay) -> std::optional<milliseconds> {
    const Timestamp now = system_clock()();
    const auto turn = registry.turn(host, delay, now);
    if (!turn) return std::nullopt;  // out of reach: nothing is fetched meanwhile
    return std::max(milliseconds(0), std::chrono::ceil<milliseconds>(*turn - now));
  };
}

CommandResult work(Registry& registry, const WatchDesk& desk, const WorkerOptions& how,
                   const NotifyOptions& told, const Options& options, WorkerStatus& status,
                   StopSignal& stop) {
  constexpr std::chrono::seconds between_tellings{30};
  Timestamp told_at{};
  const auto tell = [&] {
    notify(registry, told);
    told_at = system_clock()();
  };
  milliseconds pause{1000};
  while (!stop.stopped()) {
    status.leasing();
    const auto round = worker_round(registry, desk, how);
    if (!round) {
      if (stop.stopped()) break;
      if (options.watch.once) return unfinished(round.error().message);
      // The database or the archive is away or full: slower and slower, so that nothing is fetched
      // that cannot be kept.
      status.trouble(round.error().message, pause);
      stop.wait(pause);
      pause = std::min(pause * 2, milliseconds(60'000));
      continue;
    }
    pause = milliseconds(1000);
    status.done(*round);
    if (round->hosts == 0 || system_clock()() - told_at >= between_tellings) tell();
    if (round->hosts > 0) continue;
    if (options.watch.once) break;
    stop.wait(pause);
  }
  status.ended();
  return ExitCode::fine;
}

// A database that is away is waited for; nullopt: asked to end meanwhile.
tl::expected<std::optional<Registry>, Stop> open_patiently(const Options& options,
                                                           WorkerStatus& status,
                                                           const StopSignal& stop) {
  milliseconds pause{1000};
  while (!stop.stopped()) {
    auto registry = Registry::open(registry_place(options));
    if (registry) return std::optional(std::move(*registry));
    if (options.watch.once || registry.error().kind != FailureKind::io)
      return unfinished(registry.error().message + "; name another with --registry");
    status.trouble(registry.error().message, pause);
    stop.wait(pause);
    pause = std::min(pause * 2, milliseconds(60'000));
  }
  return std::nullopt;
}

struct Listening {
  std::optional<Server> server;
  std::string at;  // "" where --listen was not given
};
tl::expected<Listening, Stop> listen(const Options& options, const WorkerStatus& status) {
  Listening listening;
  if (options.worker.listen.empty()) return listening;
  const auto place = listening_place(options.worker.listen);
  if (!place) return tl::unexpected(place.error());
  auto server =
      Server::start([&status](const WebRequest& request) { return status.answer(request); },
                    {.address = place->address, .port = place->port, .threads = 8});
  if (!server) return unfinished(server.error().message);
  listening.at = place->address + ":" + std::to_string(server->port());
  listening.server = std::move(*server);
  return listening;
}

CommandResult run_worker(const Options& options) {
  if (const auto fetcher = Fetcher::create(options.fetch, system_clock()); !fetcher)
    return misuse(fetcher.error().message);
  const auto told = notify_options(options);
  if (!told) return tl::unexpected(told.error());
  if (const auto local = expect_registry_file(options); !local) return local;

  tell_expired_skips(options);
  StopSignal stop;
  WorkerOptions how;
  how.name = options.worker.name.empty() ? own_name() : options.worker.name;
  how.wish.hosts = options.worker.slots;
  how.wish.duration = options.worker.lease;
  how.delay = options.fetch.delay;
  WorkerStatus status(how.name,
                      options.worker.log_format == "json" ? LogFormat::json : LogFormat::text,
                      options.telling == Telling::quiet, system_clock());
  const auto listening = listen(options, status);
  if (!listening) return tl::unexpected(listening.error());
  status.begun(listening->at);
  auto registry = open_patiently(options, status, stop);
  if (!registry) return tl::unexpected(registry.error());
  auto pacing = open_patiently(options, status, stop);
  if (!pacing) return tl::unexpected(pacing.error());
  if (!*registry || !*pacing) return ExitCode::fine;

  Options own = options;
  own.fetch.turn = turns_of(**pacing);
  WatchDesk desk;
  desk.check = [&](const Document& document, Look kind) { return look(document, kind, own, stop); };
  how.wait = [&](const Failure& failure, milliseconds time) {
    status.trouble(failure.message, time);
    return stop.wait(time);
  };
  return work(**registry, desk, how, *told, options, status, stop);
}

// How many a second it has looked at since it began.
std::string rate_of(const WorkerRow& worker) {
  const double seconds =
      std::chrono::duration<double>(worker.last_result - worker.started_at).count();
  if (seconds < 1) return "";
  std::ostringstream out;
  out << std::fixed << std::setprecision(1) << ", "
      << static_cast<double>(worker.outcomes) / seconds << " a second";
  return out.str();
}

CommandResult run_fleet(const Options& options) {
  auto registry = open_existing_registry(options);
  if (!registry) return tl::unexpected(registry.error());
  const Timestamp now = system_clock()();
  const auto workers = registry->fleet(now);
  if (!workers) return unfinished(workers.error().message);
  const auto backlog = registry->backlog(now);
  if (!backlog) return unfinished(backlog.error().message);
  std::cout << backlog->due << " citations are due";
  if (backlog->oldest) {
    std::cout << ", the oldest since " << to_iso8601(*backlog->oldest) << " ("
              << std::chrono::duration_cast<std::chrono::seconds>(now - *backlog->oldest).count()
              << " s behind)";
  }
  std::cout << '\n';
  for (const WorkerRow& worker : *workers) {
    std::cout << worker.name << ": " << worker.outcomes << " citations since "
              << to_iso8601(worker.started_at) << rate_of(worker) << ", the last at "
              << to_iso8601(worker.last_result) << ", holds " << worker.hosts << " hosts";
    if (worker.late > 0) std::cout << ", " << worker.late << " citations too late";
    std::cout << '\n';
  }
  return ExitCode::fine;
}

}  // namespace

const Command worker_command = {
    "worker",
    "One of many workers over a shared registry",
    "Leases hosts from the registry (PostgreSQL, --registry), looks at what is due there, and "
    "brings the results back; one\n"
    "host is one worker's at a time. Workers share an archive in an S3 store, or each has an "
    "--archive of its own.\n"
    "SIGTERM gives the leases back.",
    {OptionGroup::slots, OptionGroup::working, OptionGroup::notifying, OptionGroup::archive,
     OptionGroup::registry, OptionGroup::telling, OptionGroup::fetching, OptionGroup::settings},
    run_worker};

const Command fleet_command = {
    "fleet",
    "What the workers over a registry do",
    "Who worked within the last day, what each holds, and how much is due.",
    {OptionGroup::archive, OptionGroup::registry, OptionGroup::settings},
    run_fleet};

}  // namespace loccit
