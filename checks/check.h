// One check from end to end: document → URLs → fetch → archive → judge → report.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "archive/archive.h"
#include "documents/document.h"
#include "fetcher/fetcher.h"
#include "manifests/report.h"
#include "verifier/judge.h"

namespace loccit {

struct CheckOptions {
  Policy policy;
  unsigned threads = 0;  // that read and judge; 0: as many as the machine has
  Clock clock = system_clock();
  // Why a URL is not asked for, or "". A citation of nothing else is unverifiable, and says so.
  std::function<std::string(const std::string& url)> skip;
  // An answer in the archive that is this young is judged again instead of fetched.
  std::chrono::seconds max_age{0};
};

struct CheckProgress {
  std::size_t urls_done = 0, urls_total = 0, citations_done = 0, citations_total = 0;
  std::size_t urls_resumed = 0;  // of urls_done: fetched by the check that was interrupted
  std::string current;           // the URL just finished
  const SnapshotRecord* archived =
      nullptr;  // its snapshot, safe from kill -9; while the call lasts
};
// Called as the check goes on, by one thread at a time.
using ProgressSink = std::function<void(const CheckProgress&)>;

// Fetches, archives and judges. After fetcher.interrupt() it ends with a `cancelled` failure, the
// archive being whole; an archive that cannot be written ends it with that failure. `fetcher` is
// interrupted by check() itself only in the latter case. The next check of the same URLs, within a
// day, fetches what an interrupted or killed one left.
Result<Report> check(const Document& document, Fetcher& fetcher, Archive& archive,
                     const CheckOptions& options, const ProgressSink& progress = {});

// The same verdicts from the newest snapshots in the archive; touches no network.
Result<Report> verify(const Document& document, const Archive& archive,
                      const CheckOptions& options);

}  // namespace loccit
