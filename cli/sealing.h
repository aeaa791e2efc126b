// What `seal` and `check --seal` share: a check kept in the archive, and sealed from there.
#pragma once

#include "cli/command.h"
#include "manifests/check_record.h"

namespace loccit {

// Before the work: a key that cannot be read or a folder that is not there is a wrong call.
tl::expected<void, Stop> expect_sealable(const Options& options);

// The check goes into the archive folder, with copies of the documents that were named.
tl::expected<CheckRecord, Stop> keep_for_sealing(const Report& report, const Options& options);

// As the bundle holds it, and as an audit makes it again.
std::string html_page(const Report& report);

// Writes options.seal.file and says so on standard error.
tl::expected<void, Stop> seal_kept_check(const CheckRecord& check, const Options& options);

}  // namespace loccit
