#include "checks/watch.h"

#include <algorithm>
#include <iostream>

#include "cli/check_settings.h"
#include "cli/inputs.h"
#include "cli/looking.h"
#include "cli/notifying.h"
#include "cli/registry_opening.h"

namespace loccit {
namespace {

using std::chrono::milliseconds;

// Also the longest that a jump of the clock goes unnoticed.
constexpr milliseconds longest_sleep{60'000};

Result<void> heed_wishes(Registry& registry, const Options& options,
                         const std::vector<Document>& documents) {
  const WatchWish& wish = options.watch;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const std::string name = registry_name(options.inputs[i], options);
    const auto enrolled = registry.enroll(documents[i], name, system_clock()());
    if (!enrolled) return tl::unexpected(enrolled.error());
    const auto set = !wish.citation.empty()
                         ? registry.set_interval(name, wish.citation, *wish.every)
                     : wish.every ? registry.set_interval(name, *wish.every)
                                  : Result<void>();
    if (!set) return set;
  }
  for (const std::string& path : wish.forget) {
    const auto forgotten =
        registry.set_interval(registry_name(path, options), std::chrono::hours(0));
    if (!forgotten) return forgotten;
  }
  return {};
}

void tell_round(const RoundOutcome& round, const Options& options) {
  for (const std::string& remark : round.remarks) std::cerr << "loccit: " << remark << '\n';
  if (options.telling == Telling::quiet) return;
  for (const TransitionRow& row : round.transitions) {
    if (row.citation.empty()) continue;
    std::cout << to_iso8601(row.at) << "  " << row.document << ' ' << row.citation << "  "
              << name(row.from) << " → " << name(row.to) << ": " << row.rule << '\n';
  }
  if (round.looked_at > 0 && options.telling == Telling::verbose)
    std::cout << "looked at " << round.looked_at << " citations\n";
  std::cout << std::flush;
}

milliseconds until_next(Registry& registry) {
  const auto next = registry.next_due();
  if (!next || !*next) return longest_sleep;
  const auto ahead = std::chrono::ceil<milliseconds>(**next - system_clock()());
  return std::clamp(ahead, milliseconds(1000), longest_sleep);
}

CommandResult watch(Registry& registry, const NotifyOptions& told, const Options& options) {
  StopSignal stop;
  const WatchDesk desk{
      system_clock(),
      [&](const std::string& name) -> Result<Document> {
        auto document = read_input(registry_path(name, options).string(), options);
        if (!document) return fail(FailureKind::not_found, document.error().message);
        return std::move(*document);
      },
      [&](const Document& document, Look how) { return look(document, how, options, stop); },
      [&](const std::vector<std::string>& urls) { return any_answers(urls, options, stop); }};
  if (const auto documents = registry.documents(); documents && options.telling != Telling::quiet) {
    const auto watched = std::count_if(documents->begin(), documents->end(), [](const auto& row) {
      return row.interval > std::chrono::hours(0);
    });
    std::cout << "watching " << watched << (watched == 1 ? " document" : " documents") << std::endl;
  }
  while (!stop.stopped()) {
    const auto round = watch_round(registry, desk);
    if (!round) {
      if (stop.stopped()) break;
      if (options.watch.once) return unfinished(round.error().message);
      // Whatever it is may pass: a full disk is emptied, another loccit lets the archive go.
      std::cerr << "loccit: " << round.error().message << "; trying again in a minute\n";
      stop.wait(longest_sleep);
      continue;
    }
    tell_round(*round, options);
    notify(registry, told);
    if (round->looked_at > 0 || round->read > 0) continue;
    if (options.watch.once) break;
    stop.wait(until_next(registry));
  }
  return ExitCode::fine;
}

CommandResult run_watch(const Options& options) {
  if (!options.watch.citation.empty() && options.inputs.size() != 1)
    return misuse("--citation says nothing without the one document that it stands in");
  std::vector<Document> documents;
  for (const std::string& path : options.inputs) {
    auto document = read_input(path, options);
    if (!document) return tl::unexpected(document.error());
    documents.push_back(std::move(*document));
  }
  if (const auto fetcher = Fetcher::create(options.fetch, system_clock()); !fetcher)
    return misuse(fetcher.error().message);
  const auto told = notify_options(options);
  if (!told) return tl::unexpected(told.error());
  std::error_code made;
  std::filesystem::create_directories(archive_folder(options), made);
  auto registry = documents.empty() ? open_existing_registry(options)
                                    : open_registry(options, "nothing was checked");
  if (!registry) return tl::unexpected(registry.error());
  if (const auto heeded = heed_wishes(*registry, options, documents); !heeded) {
    const bool theirs = heeded.error().kind == FailureKind::not_found;
    return theirs ? misuse(heeded.error().message) : unfinished(heeded.error().message);
  }
  tell_expired_skips(options);
  return watch(*registry, *told, options);
}

}  // namespace

const Command watch_command = {
    "watch",
    "Run the checks that are due, again and again",
    "Looks at every document that was ever checked here, at the INPUTs too from now on, and at "
    "each "
    "citation of theirs\n"
    "when its time has come; new and failing ones oftener. Ends on SIGTERM, when the look that is "
    "under way has been\n"
    "dropped in order.",
    {OptionGroup::rhythm, OptionGroup::watching, OptionGroup::notifying, OptionGroup::reading,
     OptionGroup::archive, OptionGroup::registry, OptionGroup::telling, OptionGroup::fetching,
     OptionGroup::settings},
    run_watch};

}  // namespace loccit
