// The files that the user named, as one document to check.
#pragma once

#include "cli/command.h"

namespace loccit {

// A document of any format we read, or a manifest. Several are put together (checks/combine.h).
// Whatever is wrong with any of them is a misuse that names the file: nothing is checked.
tl::expected<Document, Stop> read_inputs(const Options& options);

// One of them, by itself.
tl::expected<Document, Stop> read_input(const std::string& path, const Options& options);
// One input whose content is known already; `path` tells its name and kind.
tl::expected<Document, Stop> document_of(const std::string& path, const std::string& content,
                                         const Options& options);

}  // namespace loccit
