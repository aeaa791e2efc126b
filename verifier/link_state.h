// What an exchange says of its link, before any words are asked.
#pragma once

#include <string>

#include "fetcher/exchange.h"
#include "verifier/page_signs.h"
#include "verifier/verdict.h"

namespace loccit {

struct LinkJudgement {
  LinkState state = LinkState::unreachable;
  bool suspicion_only = false;  // told by signs on the page: standing words overrule it
  std::string reason;           // one sentence without a full stop; empty for ok
};

// From the exchange alone: failure, status, redirects, headers.
LinkJudgement judge_exchange(const Exchange& exchange);

// From an answer's page: challenge, login wall, error page, parked domain, front page. `before` is
// what judge_exchange() said.
LinkJudgement judge_page(const LinkJudgement& before, const Exchange& exchange,
                         const PageFace& page);

}  // namespace loccit
