// Leases and results a second of PostgreSQL alone: no network, no archive. Starts a server of its
// own, with fsync on, and 1, 2 and 4 workers as processes.
//     leases_bench [CITATIONS [OF EACH HOST]]     20,000 and 10 unless told otherwise
#include <chrono>
#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <map>
#include <stdexcept>

#include <sys/wait.h>
#include <unistd.h>

#include "registry/registry.h"
#include "registry/sql.h"
#include "support/postgresql_server.h"

namespace loccit {
namespace {

using std::chrono::hours;

constexpr int per_document = 100;

// Citations of many documents, on hosts that several documents cite.
Document document_of(int number, int hosts) {
  Document document;
  document.info.file = std::to_string(number) + ".txt";
  for (int i = 0; i < per_document; ++i) {
    const std::string id = std::to_string(i + 1);
    const int page = number * per_document + i;
    document.sources.push_back({.id = id,
                                .label = id,
                                .urls = {"https://host" + std::to_string(page % hosts) +
                                         ".example/articles/" + std::to_string(page)}});
    Citation citation;
    citation.id = "c" + id;
    citation.title = "Statement " + std::to_string(page);
    citation.quote = "The lamps of mile " + std::to_string(page) +
                     " are old, but they are sound, and nobody doubts it here.";
    citation.sources = {id};
    document.citations.push_back(citation);
  }
  return document;
}

// What a look at the leases' citations finds: all stand. A report for each document.
std::vector<std::pair<Report, RecordOptions>> looked_at(Registry& registry,
                                                        const std::vector<Lease>& leases,
                                                        const std::string& worker, Timestamp now) {
  std::vector<std::int64_t> ids;
  std::vector<const CitationRow*> rows;
  for (const Lease& lease : leases) {
    for (const CitationRow& row : lease.citations) {
      ids.push_back(row.id);
      rows.push_back(&row);
    }
  }
  auto documents = registry.citation_documents(ids);
  if (!documents) throw std::runtime_error(documents.error().message);
  std::vector<std::pair<Report, RecordOptions>> results;
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto [place, is_new] = places.emplace(rows[i]->document, results.size());
    if (is_new) {
      results.emplace_back();
      auto& [report, options] = results.back();
      report.started_at = report.finished_at = now;
      options.document_name = rows[i]->document;
      options.scope = Scope::part;
      options.worker = worker;
      options.inconclusive = false;
    }
    Report& report = results[place->second].first;
    Document& alone = *(*documents)[i];
    for (Source& source : alone.sources) report.document.sources.push_back(std::move(source));
    report.document.citations.push_back(std::move(alone.citations.at(0)));
    Verdict verdict;
    verdict.citation_id = rows[i]->label;
    verdict.kind = VerdictKind::intact;
    verdict.reason = "The quoted words stand at the source.";
    verdict.quote.state = QuoteState::verbatim;
    LinkFinding link;
    link.url = link.final_url = rows[i]->urls;
    link.state = LinkState::ok;
    link.status = 200;
    SnapshotRecord snapshot;
    snapshot.id =
        "urn:uuid:00000000-0000-4000-8000-" + std::to_string(100'000'000'000 + rows[i]->id);
    snapshot.sha256 = std::string(64, 'a');
    snapshot.fetched_at = now;
    link.snapshot = snapshot;
    verdict.links = {link};
    report.verdicts.push_back(std::move(verdict));
  }
  return results;
}

// Until nothing is due at `now`. Returns how many leases it had.
int work(const std::string& place, const std::string& name, Timestamp now) {
  auto registry = Registry::open(place);
  if (!registry) throw std::runtime_error(registry.error().message);
  int hosts = 0;
  for (int idle = 0; idle < 3;) {
    const auto leases = registry->lease(name, {.hosts = 16, .citations = 16}, now);
    if (!leases) throw std::runtime_error(leases.error().message);
    if (leases->empty()) {
      ++idle;
      ::usleep(2'000);
      continue;
    }
    const auto late = registry->finish(*leases, looked_at(*registry, *leases, name, now), now);
    if (!late) throw std::runtime_error(late.error().message);
    hosts += static_cast<int>(leases->size());
  }
  return hosts;
}

void run_round(const std::string& place, int workers, Timestamp now, int citations) {
  int hosts_done = 0;
  int pipes[2];
  if (::pipe(pipes) != 0) throw std::runtime_error("pipe");
  const auto began = std::chrono::steady_clock::now();
  for (int i = 0; i < workers; ++i) {
    if (::fork() != 0) continue;
    const int hosts = work(place, "worker " + std::to_string(i), now);
    [[maybe_unused]] const auto written = ::write(pipes[1], &hosts, sizeof hosts);
    ::_exit(0);
  }
  for (int i = 0; i < workers; ++i) {
    int status = 0, hosts = 0;
    ::wait(&status);
    if (status != 0 || ::read(pipes[0], &hosts, sizeof hosts) != sizeof hosts)
      throw std::runtime_error("a worker failed");
    hosts_done += hosts;
  }
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  ::close(pipes[0]);
  ::close(pipes[1]);
  std::cout << "| " << workers << " | " << std::fixed << std::setprecision(0) << citations / seconds
            << " | " << hosts_done / seconds << " | " << std::setprecision(2) << seconds << " |\n";
}

}  // namespace
}  // namespace loccit

int main(int argc, char** argv) {
  using namespace loccit;
  const int citations = argc > 1 ? std::atoi(argv[1]) : 20'000;
  const int per_host = argc > 2 ? std::atoi(argv[2]) : 10;
  if (const auto why = loccit::testing::PostgresqlServer::why_not()) {
    std::cerr << *why << '\n';
    return 77;
  }
  loccit::testing::PostgresqlServer server(loccit::testing::PostgresqlServer::Durability::full);
  const std::string place = server.new_database();
  const Timestamp new_year = *from_iso8601("2026-01-01T00:00:00Z");
  {
    auto registry = Registry::open(place);
    if (!registry) throw std::runtime_error(registry.error().message);
    const auto began = std::chrono::steady_clock::now();
    for (int i = 0; i < citations / per_document; ++i) {
      const auto enrolled = registry->enroll(document_of(i, citations / per_host),
                                             std::to_string(i) + ".txt", new_year);
      if (!enrolled) throw std::runtime_error(enrolled.error().message);
    }
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    std::cout << citations << " citations of " << citations / per_document << " documents over "
              << citations / per_host << " hosts enrolled in " << seconds
              << " s\n\n| workers | results/s | leases/s | s |\n|---|---|---|---|\n";
  }
  // Each round a month later: all of it is due again. The first one makes every link and finding.
  Timestamp now = new_year;
  auto bytes = [sql = Sql::open(place)]() mutable {
    return static_cast<double>(
        sql.query("SELECT pg_database_size(current_database())")[0].integer(0));
  };
  const double enrolled = bytes();
  double first = 0;
  for (const int workers : {1, 1, 2, 4}) {
    run_round(place, workers, now, citations);
    now += std::chrono::hours(30 * 24);
    if (first == 0) first = bytes();
  }
  std::cout << std::setprecision(0) << "\nbytes of the database: " << enrolled / citations
            << " a citation enrolled, " << (first - enrolled) / citations
            << " more at its first look, " << (bytes() - first) / (3.0 * citations)
            << " a look after that\n";
}
