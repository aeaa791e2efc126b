// The files that the user named, as one document to check.
#pragma once

#include "cli/command.h"

namespace loccit {

// A document of any format we read, or a manifest. Several are put together (checks/combine.h).
// Whatever is wrong with any of them is a misuse that names the file: nothing is checked.
tl::expected<Document, Stop> read_inputs(const Options& options);

// One of them, by itself.
tl::expected<Document, Stop> read_input(const std::string& path, const Options& options);

}  // namespace loccit
