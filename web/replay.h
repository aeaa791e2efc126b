// An archived page shown without harm: as it came, but in a sandbox of an origin of its own, where
// nothing runs, nothing is fetched and nothing leads away by itself.
#pragma once

#include <string>

#include "archive/snapshot.h"
#include "web/message.h"

namespace loccit {

// The payload with its codings undone; what came before it broke, where it is broken.
std::string payload_of(const Snapshot& snapshot);

// What cannot be shown safely (PDF, archives, …) is offered as a download of its bytes. A failed
// fetch has no page: 404 says why.
WebResponse replay(const Snapshot& snapshot);

}  // namespace loccit
