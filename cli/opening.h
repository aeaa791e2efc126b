// An archive opened for a command, its failures told with what to do about them.
#pragma once

#include "archive/archive.h"
#include "cli/command.h"

namespace loccit {

tl::expected<Archive, Stop> open_archive(const Options& options, ArchiveMode mode);

}  // namespace loccit
