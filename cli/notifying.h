// The sinks that --notify-… ask for.
#pragma once

#include "checks/notify.h"
#include "cli/command.h"

namespace loccit {

// A file that cannot be read or a server that is not named is a wrong call.
tl::expected<NotifyOptions, Stop> notify_options(const Options& options);

// Sends what waits; what fails is said on standard error.
void notify(Registry& registry, const NotifyOptions& options);

}  // namespace loccit
