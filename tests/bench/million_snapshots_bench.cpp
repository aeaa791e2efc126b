// An archive of a million snapshots: `million_snapshots_bench DIR make [COUNT]` makes it (failed
// fetches, one record each), `million_snapshots_bench DIR find URL` is a cold start that opens it
// and finds one URL, and prints how long that took and what memory it needed.
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

#include "archive/archive.h"

using namespace loccit;

namespace {

std::string url_of(std::size_t number) {
  return "https://host-" + std::to_string(number % 9973) + ".example/page/" +
         std::to_string(number);
}

int make(const std::string& folder, std::size_t count) {
  auto archive = Archive::open(folder, ArchiveMode::write);
  for (std::size_t i = 0; archive && i < count; ++i) {
    Exchange exchange;
    exchange.requested_url = url_of(i);
    exchange.started_at = system_clock()();
    exchange.failure = FetchFailure{FetchFault::connection_refused, "refused"};
    if (!archive->put(exchange)) return 1;
  }
  return archive ? 0 : 1;
}

// Megabytes of memory that are this process's own, without what is mapped from files.
std::string own_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.rfind("RssAnon:", 0) == 0) return line.substr(8);
  }
  return " unknown";
}

int find(const std::string& folder, const std::string& url) {
  const auto begin = std::chrono::steady_clock::now();
  const auto archive = Archive::open(folder, ArchiveMode::read);
  if (!archive) return std::cerr << archive.error().message << '\n', 1;
  const auto found = archive->snapshots_of(url);
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
  std::cout << found.size() << " snapshots of " << url << ", " << took.count() << " ms,"
            << own_memory() << " of own memory\n";
  for (const std::string& message : archive->messages()) std::cout << message << '\n';
  return found.size() == 1 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc >= 3 && std::string(argv[2]) == "make")
    return make(argv[1], argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 1'000'000);
  if (argc == 4 && std::string(argv[2]) == "find") return find(argv[1], argv[3]);
  std::cerr << "million_snapshots_bench DIR make [COUNT] | DIR find URL\n";
  return 2;
}
