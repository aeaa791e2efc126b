// An archive opened for a command, its failures told with what to do about them.
#pragma once

#include "archive/archive.h"
#include "cli/command.h"

namespace loccit {

// Where it lies; fails with not_found where an S3 store is named and its credentials are nowhere.
Result<ArchiveOptions> archive_options(const Options& options);

// As the person named it, or the folder that is taken where none was named.
std::string archive_place(const Options& options);

tl::expected<Archive, Stop> open_archive(const Options& options, ArchiveMode mode);

}  // namespace loccit
