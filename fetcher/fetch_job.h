// One source on its way: from the URL as cited to the exchange that is handed on.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/url.h"
#include "fetcher/fetcher.h"
#include "fetcher/transfer.h"

namespace loccit {

enum class Purpose { page, robots };

struct FetchJob {
  Purpose purpose = Purpose::page;
  std::vector<std::size_t> requests;  // who wants it
  FetchRequest request;               // the first of them
  Url cited;
  Exchange exchange;  // so far

  // the hop that is due or under way
  Url at;
  std::string fragment;
  int tries = 0;          // of this hop, in this round
  int earlier_tries = 0;  // in the round before
  std::string paced_host;
  std::optional<std::chrono::steady_clock::time_point> turn;  // given to it (FetchOptions::turn)
  Guise guise = Guise::ourselves;
  std::unique_ptr<Transfer> transfer;              // while under way …
  std::chrono::steady_clock::time_point deadline;  // … and until when

  // of the chain so far
  std::vector<std::string> cookies;
  std::map<std::string, int> visits;
  std::optional<FetchFailure> distrust;  // the TLS failure after which we go on without trust

  bool delivered = false;
};

}  // namespace loccit
