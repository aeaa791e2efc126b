// What each host's robots.txt says, for a day, and who is waiting to be told.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/timestamp.h"
#include "base/url.h"
#include "fetcher/exchange.h"
#include "fetcher/robots.h"

namespace loccit {

class RobotsBook {
 public:
  struct Answer {
    enum class Kind { ask, wait, go, stay_out };
    Kind kind = Kind::go;
    std::optional<FetchFailure> failure;  // of stay_out
  };

  // May `url` be asked for? `ask`: the caller must fetch robots_url(url) and settle() it; `wait`:
  // somebody does already. `round`: a robots.txt out of reach is asked for again in the next round.
  Answer look_up(const Url& url, Timestamp now, int round) const;

  void begin_asking(const Url& url, int round);
  void park(const Url& url, std::size_t task);  // until it is settled

  // What came of it; returns those who wait.
  std::vector<std::size_t> settle(const Url& url, const Exchange& robots, Timestamp now);

  void forget_unsettled();  // after an interrupted run

 private:
  struct Entry {
    bool asking = false;
    int round = 0;
    std::vector<RobotsRule> rules;
    std::optional<FetchFailure> failure;  // nothing of this host may be asked for
    Timestamp settled_at;
    std::vector<std::size_t> waiting;
  };
  std::unordered_map<std::string, Entry> entries_;  // by scheme, host and port
};

Url robots_url(const Url& url);

}  // namespace loccit
