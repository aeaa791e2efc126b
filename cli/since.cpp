#include "cli/since.h"

#include <cstdlib>

#include "base/ascii.h"
#include "base/process.h"
#include "ci/baseline.h"
#include "cli/inputs.h"

namespace loccit {
namespace {

using ascii::first_line;

namespace fs = std::filesystem;

Result<ChildOutcome> git(const fs::path& folder, const std::vector<std::string>& arguments) {
  const char* home = std::getenv("HOME");  // where git learns which owners of a folder to trust
  std::vector<std::string> argv = {"env", std::string("HOME=") + (home != nullptr ? home : "/"),
                                   "git", "-C", folder.string()};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  return run_child(argv, "", {.max_memory = std::size_t{4} << 30U, .confined = false});
}

// The commit to compare with.
tl::expected<std::string, Stop> base_of(const fs::path& folder, const std::string& revision) {
  const auto commit =
      git(folder, {"rev-parse", "--verify", "--end-of-options", revision + "^{commit}"});
  if (!commit) return misuse("--since needs git: " + commit.error().message);
  const bool in_repository = commit->errors.find("not a git repository") == std::string::npos;
  if (!in_repository) {
    return misuse("--since " + revision + ": " + folder.string() +
                  " lies in no git repository; leave --since out to check all");
  }
  if (commit->exit_code != 0 && revision == "HEAD") return "";  // before the first commit
  if (commit->exit_code != 0) {
    return misuse("--since " + revision + ": " + first_line(commit->errors) +
                  "; is it fetched? a shallow clone holds one commit only");
  }
  const auto ancestor = git(folder, {"merge-base", "HEAD", first_line(commit->output)});
  const bool related = ancestor && ancestor->exit_code == 0;
  return first_line(related ? ancestor->output : commit->output);
}

}  // namespace

tl::expected<void, Stop> keep_new_citations(Document& document, const Options& options) {
  std::set<std::string> had;
  for (const std::string& input : options.inputs) {
    std::error_code ignored;
    const fs::path path = fs::absolute(input, ignored);
    const auto base = base_of(path.parent_path(), options.since);
    if (!base) return tl::unexpected(base.error());
    if (base->empty()) continue;
    const auto content =
        git(path.parent_path(), {"show", *base + ":./" + path.filename().string()});
    if (!content) return unfinished(input + ": git: " + content.error().message);
    if (content->exit_code != 0) continue;  // it was not there: all of it is new
    const auto before = document_of(input, content->output, options);
    if (!before) continue;  // it could not be read: all of it is new
    had.merge(identities_of(*before));
  }
  const SourcesById sources(document);
  std::erase_if(document.citations, [&](const Citation& citation) {
    return had.contains(identity_of(citation, sources));
  });
  return {};
}

}  // namespace loccit
