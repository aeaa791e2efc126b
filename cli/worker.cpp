#include "checks/worker.h"

#include <algorithm>
#include <iostream>

#include <unistd.h>

#include "cli/check_settings.h"
#include "cli/looking.h"
#include "cli/notifying.h"
#include "cli/registry_opening.h"

namespace loccit {
namespace {

using std::chrono::milliseconds;

std::string own_name() {
  char host[256] = "worker";
  ::gethostname(host, sizeof host - 1);
  return std::string(host) + "-" + std::to_string(::getpid());
}

void tell_round(const WorkerRound& round, const Options& options) {
  for (const std::string& remark : round.remarks) std::cerr << "loccit: " << remark << '\n';
  if (options.telling == Telling::quiet || round.hosts == 0) return;
  std::cout << to_iso8601(system_clock()()) << "  " << round.citations << " citations of "
            << round.hosts << " hosts";
  if (round.late > 0) std::cout << ", " << round.late << " hosts too late";
  std::cout << std::endl;
}

CommandResult work(Registry& registry, const NotifyOptions& told, const Options& options) {
  StopSignal stop;
  WatchDesk desk;
  desk.check = [&](const Document& document, Look how) {
    return look(document, how, options, stop);
  };
  WorkerOptions how;
  how.name = options.worker.name.empty() ? own_name() : options.worker.name;
  how.wish.hosts = options.worker.slots;
  how.delay = options.fetch.delay;
  if (options.telling != Telling::quiet) std::cout << "working as " << how.name << std::endl;
  milliseconds pause{1000};
  while (!stop.stopped()) {
    const auto round = worker_round(registry, desk, how);
    if (!round) {
      if (stop.stopped()) break;
      if (options.watch.once) return unfinished(round.error().message);
      // The database or the archive is away or full: slower and slower, so that nothing is fetched
      // that cannot be kept.
      std::cerr << "loccit: " << round.error().message << "; trying again in "
                << pause.count() / 1000 << " s\n";
      stop.wait(pause);
      pause = std::min(pause * 2, milliseconds(60'000));
      continue;
    }
    pause = milliseconds(1000);
    tell_round(*round, options);
    notify(registry, told);
    if (round->hosts > 0) continue;
    if (options.watch.once) break;
    stop.wait(pause);
  }
  return ExitCode::fine;
}

CommandResult run_worker(const Options& options) {
  if (const auto fetcher = Fetcher::create(options.fetch, system_clock()); !fetcher)
    return misuse(fetcher.error().message);
  const auto told = notify_options(options);
  if (!told) return tl::unexpected(told.error());
  auto registry = open_existing_registry(options);
  if (!registry) return tl::unexpected(registry.error());
  tell_expired_skips(options);
  return work(*registry, *told, options);
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
  if (backlog->oldest) std::cout << ", the oldest since " << to_iso8601(*backlog->oldest);
  std::cout << '\n';
  for (const WorkerRow& worker : *workers) {
    std::cout << worker.name << ": " << worker.outcomes << " citations in 24 hours, the last at "
              << to_iso8601(worker.last_result) << ", holds " << worker.hosts << " hosts";
    if (worker.late > 0) std::cout << ", " << worker.late << " checks too late";
    std::cout << '\n';
  }
  return ExitCode::fine;
}

}  // namespace

const Command worker_command = {
    "worker",
    "One of many workers over a shared registry",
    "Leases hosts from the registry (PostgreSQL, --registry), looks at what is due there, and "
    "brings "
    "the results back; one\n"
    "host is one worker's at a time. Each worker needs an --archive of its own. SIGTERM gives the "
    "leases back.",
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
