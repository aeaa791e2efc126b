#include "cli/baseline_file.h"

#include "base/files.h"

namespace loccit {

namespace fs = std::filesystem;

std::string baseline_path(const Options& options) {
  if (!options.baseline.empty()) return options.baseline;
  std::error_code ignored;
  return fs::proximate(fs::absolute(options.settings.file, ignored).parent_path() / "loccit.lock",
                       ignored)
      .generic_string();
}

tl::expected<std::optional<Baseline>, Stop> read_baseline(const Options& options) {
  const std::string path = baseline_path(options);
  std::error_code ignored;
  if (options.baseline.empty() && !fs::exists(path, ignored)) return std::nullopt;
  const auto text = read_file(path, {.max_bytes = 64U << 20U});
  if (!text) {
    return misuse(text.error().message + "; `loccit accept ID --reason … --baseline " + path +
                  "` writes one");
  }
  auto baseline = baseline_from_json(*text);
  if (!baseline) return misuse(path + ": " + baseline.error().message);
  return std::optional(std::move(*baseline));
}

}  // namespace loccit
