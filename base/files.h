// Files that must not be half-written, and paths that must stay where they belong.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace loccit {

// Whole file into memory; too_large past limits.max_bytes; a folder, a missing or unreadable file
// is a failure in words.
Result<std::string> read_file(const std::filesystem::path& path, const ReadLimits& limits = {});

enum class Overwrite { no, yes };
// Temporary file in the same folder, fsync, rename, fsync of the folder: after success the new
// bytes survive a power cut, after failure the old file stands untouched and no temporary is left.
Result<void> write_durably(const std::filesystem::path& path, Bytes bytes,
                           Overwrite overwrite = Overwrite::yes);

// `name` joined to `root`, or a failure where the result would lie outside of it: absolute names,
// "..", NUL, backslash.
Result<std::filesystem::path> path_inside(const std::filesystem::path& root, std::string_view name);

// The kind and words for an errno, "path: what happened".
Failure io_failure(int error_number, std::string_view what);

}  // namespace loccit
