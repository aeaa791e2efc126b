// --since REV: only what a change brought, as git tells it.
#pragma once

#include "cli/command.h"

namespace loccit {

// Drops the citations that the documents had in options.since already (in its common ancestor with
// the current commit, so that what others did meanwhile does not count). Quote and sources make a
// citation: one that only moved is not new.
tl::expected<void, Stop> keep_new_citations(Document& document, const Options& options);

}  // namespace loccit
