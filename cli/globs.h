// File name patterns as people know them from .gitignore: `*` and `?` within one folder, `**` for
// any depth.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace loccit {

// `path` with `/` between its parts.
bool glob_matches(std::string_view pattern, std::string_view path);

// The files below `folder` that any of `patterns` matches and none that begins with `!`; sorted,
// each once, their paths beginning with `folder`. Hidden folders and symbolic links to folders are
// not entered. A pattern that matches nothing is a failure: it is more likely a slip than meant.
Result<std::vector<std::string>> expand_globs(const std::filesystem::path& folder,
                                              std::span<const std::string> patterns);

}  // namespace loccit
