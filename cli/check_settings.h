// What the command line and loccit.toml say of a check, for checks/check.h.
#pragma once

#include "checks/check.h"
#include "cli/command.h"

namespace loccit {

CheckOptions check_options(const Options& options);

// Says on standard error which [[skip]] tables have run out.
void tell_expired_skips(const Options& options);

}  // namespace loccit
