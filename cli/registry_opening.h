// The registry opened for a command, its failures told with what to do about them; and by which
// name it knows a document.
#pragma once

#include <string>

#include "cli/command.h"
#include "registry/registry.h"

namespace loccit {

std::string registry_place(const Options& options);

// One that is a file must be there already.
CommandResult expect_registry_file(const Options& options);
// `done`: what stands although the registry does not open ("nothing was checked").
tl::expected<Registry, Stop> open_registry(const Options& options, const std::string& done);
// Like it, but where none was made yet, that is a wrong call.
tl::expected<Registry, Stop> open_existing_registry(const Options& options);

// The path from the folder that holds the archive, or the whole path of what lies outside of it:
// the same file has one name, from wherever loccit is run.
std::string registry_name(const std::string& path, const Options& options);

// Where that document lies: the way back.
std::filesystem::path registry_path(const std::string& name, const Options& options);

// The name of one of the reports that take_apart() made.
std::string recorded_name(const std::vector<Report>& reports, std::size_t part,
                          const Options& options);

// Each of the report's documents into the registry, each under its own name.
Result<void> record_report(Registry& registry, const Report& report, const Options& options,
                           const std::string& record);

}  // namespace loccit
