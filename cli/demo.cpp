#include <cstdlib>
#include <iostream>
#include <sstream>

#include "base/files.h"
#include "checks/check.h"
#include "cli/command.h"
#include "cli/demo_files.h"
#include "cli/demo_site.h"
#include "cli/opening.h"
#include "cli/registry_opening.h"
#include "cli/report_files.h"
#include "cli/sealing.h"
#include "cli/telling.h"

namespace loccit {
namespace {

tl::expected<std::filesystem::path, Stop> new_folder() {
  std::error_code error;
  std::string name = (std::filesystem::temp_directory_path(error) / "loccit-demo-XXXXXX").string();
  if (error || mkdtemp(name.data()) == nullptr) {
    return unfinished(name + ": no folder can be made there; name one with --archive");
  }
  return name;
}

FetchOptions demo_fetching(const DemoSite& site, const std::filesystem::path& ca_file) {
  FetchOptions fetch;
  fetch.connect_to = site.connect_to();
  fetch.allow_net = {"127.0.0.0/8"};
  fetch.ca_file = ca_file.string();
  fetch.delay = std::chrono::milliseconds(0);  // nobody else uses these hosts
  fetch.retries = 0;
  return fetch;
}

// "verdict state link", as cli/demo_data/expected.txt has it.
std::string found(const Verdict& verdict) {
  const std::string link = verdict.links.empty() ? "-" : name(verdict.links.front().state);
  return std::string(name(verdict.kind)) + " " + name(verdict.quote.state) + " " + link;
}

// Where the report is not what the demo shows: a sign that this build or machine is broken.
std::vector<std::string> surprises(const Report& report) {
  std::vector<std::string> lines;
  std::istringstream expected{std::string(demo_file("expected.txt"))};
  std::size_t next = 0;
  for (std::string line; std::getline(expected, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::istringstream words(line);
    std::string source, verdict, state, link;
    words >> source >> verdict >> state >> link;
    const std::string wanted = verdict + " " + state + " " + link;
    const bool there =
        next < report.verdicts.size() && report.document.citations[next].sources.front() == source;
    const std::string got = there ? found(report.verdicts[next]) : "nothing";
    if (got != wanted)
      lines.push_back("source " + source + ": expected " + wanted + ", found " + got);
    ++next;
  }
  if (next != report.verdicts.size())
    lines.push_back("the letter was read into too many citations");
  return lines;
}

CommandResult run_demo(const Options& given) {
  Options options = given;
  if (const auto writable = expect_writable(options); !writable)
    return tl::unexpected(writable.error());
  if (options.archive.empty()) {
    const auto folder = new_folder();
    if (!folder) return tl::unexpected(folder.error());
    options.archive = *folder;
  }
  auto archive = open_archive(options, ArchiveMode::write);
  if (!archive) return tl::unexpected(archive.error());

  const auto letter = read_document(demo_file("letter.txt"), {.file_name = "letter.txt"});
  if (!letter) throw std::runtime_error(letter.error().message);
  const DemoSite site;
  const std::filesystem::path ca_file = options.archive / "demo-roots.pem";
  const std::filesystem::path copy = options.archive / "letter.txt";
  const std::filesystem::path page = options.archive / "report.html";
  for (const auto& [path, content] : {std::pair(ca_file, std::string_view(site.trusted_pem())),
                                      std::pair(copy, demo_file("letter.txt"))}) {
    if (const auto kept = write_durably(path, content); !kept)
      return unfinished(kept.error().message);
  }
  auto fetcher = Fetcher::create(demo_fetching(site, ca_file), system_clock());
  if (!fetcher) throw std::runtime_error(fetcher.error().message);
  const auto report = check(*letter, *fetcher, *archive, {});
  if (!report) return unfinished(report.error().message);

  options.inputs = {copy.string()};
  const auto kept = keep_for_sealing(*report, options);
  if (!kept) return tl::unexpected(kept.error());
  auto registry = open_registry(options, "the demo was not recorded");
  if (!registry) return tl::unexpected(registry.error());
  if (const auto recorded = record_report(*registry, *report, options, kept->id); !recorded)
    return unfinished(recorded.error().message);

  options.reports.push_back({ReportFormat::html, page.string()});
  const auto told = tell(*report, options);
  if (!told) return told;
  if (options.telling != Telling::quiet && !standard_output_taken(options)) {
    std::cout << "report:  " << page.string() << "\nletter:  " << copy.string()
              << "\nagain, without the network: loccit verify --archive "
              << options.archive.string() << ' ' << copy.string()
              << "\nas evidence:                loccit seal --archive " << options.archive.string()
              << " demo.wacz\nas web pages:               loccit serve --archive "
              << options.archive.string() << '\n';
  }
  const std::vector<std::string> unexpected = surprises(*report);
  if (unexpected.empty()) return ExitCode::fine;
  std::string message = "the demo did not find what it should:";
  for (const std::string& line : unexpected) message += "\n  " + line;
  return unfinished(message);
}

}  // namespace

const Command demo_command = {
    "demo",
    "The main job, offline, on a bundled sample and a bundled set of sources served on loopback",
    "Everything in the sample is invented. The archive and an HTML report go to a new folder, or "
    "to --archive.\n"
    "Exits with 0 when it found what it should, although some of the sample's citations are "
    "drifted and rotten.",
    {OptionGroup::archive, OptionGroup::report_files, OptionGroup::telling},
    run_demo};

}  // namespace loccit
