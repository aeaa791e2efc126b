// One check from end to end: document → URLs → fetch → archive → judge → report.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "archive/archive.h"
#include "documents/document.h"
#include "fetcher/fetcher.h"
#include "manifests/report.h"
#include "verifier/judge.h"

namespace loccit {

struct CheckOptions {
  FetchOptions fetch;
  Policy policy;
  bool offline = false;  // judge from the archive alone
  Clock clock = system_clock();
};

// Called on the thread of the check as it goes on.
struct CheckProgress {
  std::size_t urls_done = 0, urls_total = 0, citations_done = 0, citations_total = 0;
  std::string current;  // the URL just finished
};
using ProgressSink = std::function<void(const CheckProgress&)>;

// `interrupted` is asked between steps; once true the check ends with a `cancelled` failure, the archive being whole.
Result<Report> check(const Document& document, Archive& archive, const CheckOptions& options, const ProgressSink& progress = {},
                     const std::function<bool()>& interrupted = {});

// The same verdicts from the newest snapshots in the archive; touches no network.
Result<Report> verify(const Document& document, const Archive& archive, const CheckOptions& options);

}  // namespace loccit
