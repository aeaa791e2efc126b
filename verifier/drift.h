// A page against an earlier snapshot of it.
#pragma once

#include "documents/document.h"
#include "verifier/judge.h"

namespace loccit {

// `now` is what the quote came to on the newer reading.
TextDrift drift_between(const Citation& citation, const Reading& earlier, const Reading& newer,
                        const QuoteFinding& now, const Policy& policy);

// How much of the earlier text still stands, 0 to 1: its runs of five words that the newer one has
// too.
double share_kept(const Reading& earlier, const Reading& newer);

}  // namespace loccit
