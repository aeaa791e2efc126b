#include "cli/globs.h"

#include <algorithm>

#include <fnmatch.h>

namespace loccit {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> parts_of(std::string_view path) {
  std::vector<std::string> parts;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    if (!part.empty() && part != ".") parts.emplace_back(part);
    if (slash == std::string_view::npos) break;
    path.remove_prefix(slash + 1);
  }
  return parts;
}

using Parts = std::span<const std::string>;

// Only the last `**` is ever tried again, further on: what an earlier one took longer for, the last
// one can take as well. So this is quadratic at most, whatever the pattern.
bool matches(Parts pattern, Parts path) {
  std::size_t p = 0, at = 0;
  std::size_t after_stars = 0, tried_from = 0;  // of the last `**`; 0: there was none yet
  while (at < path.size()) {
    if (p < pattern.size() && pattern[p] == "**") {
      after_stars = ++p;
      tried_from = at;
    } else if (p < pattern.size() &&
               fnmatch(pattern[p].c_str(), path[at].c_str(), FNM_PERIOD) == 0) {
      ++p;
      ++at;
    } else if (after_stars > 0) {
      p = after_stars;
      at = ++tried_from;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == "**") ++p;
  return p == pattern.size();
}

struct Pattern {
  std::string text;
  std::vector<std::string> parts;
  bool excludes = false;
  bool used = false;
};

}  // namespace

bool glob_matches(std::string_view pattern, std::string_view path) {
  return matches(parts_of(pattern), parts_of(path));
}

Result<std::vector<std::string>> expand_globs(const fs::path& folder,
                                              std::span<const std::string> patterns) {
  std::vector<Pattern> wanted;
  for (const std::string& text : patterns) {
    const bool excludes = text.starts_with('!');
    wanted.push_back({text, parts_of(std::string_view(text).substr(excludes ? 1 : 0)), excludes});
  }
  std::vector<std::string> files;
  std::error_code error;
  fs::recursive_directory_iterator it(folder, fs::directory_options::skip_permission_denied, error);
  for (; !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
    std::error_code gone;
    if (it->is_directory(gone)) {
      if (it->path().filename().string().starts_with('.')) it.disable_recursion_pending();
      continue;
    }
    const std::string relative = it->path().lexically_relative(folder).generic_string();
    const std::vector<std::string> parts = parts_of(relative);
    bool taken = false, left_out = false;
    for (Pattern& pattern : wanted) {
      if (!matches(pattern.parts, parts)) continue;
      pattern.used = true;
      (pattern.excludes ? left_out : taken) = true;
    }
    if (taken && !left_out) files.push_back(it->path().generic_string());
  }
  if (error) {
    return fail(FailureKind::io,
                folder.string() + " cannot be searched for documents: " + error.message());
  }
  for (const Pattern& pattern : wanted) {
    if (!pattern.used && !pattern.excludes) {
      return fail(FailureKind::not_found, "no file below " + folder.string() + " matches \"" +
                                              pattern.text + "\"; correct or remove the pattern");
    }
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace loccit
