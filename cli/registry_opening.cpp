#include "cli/registry_opening.h"

#include "checks/combine.h"

namespace loccit {
namespace {

namespace fs = std::filesystem;

bool is_server(const std::string& place) { return place.find("://") != std::string::npos; }

}  // namespace

std::string registry_place(const Options& options) {
  if (!options.registry.empty()) return options.registry;
  return (archive_folder(options) / "registry.db").string();
}

tl::expected<Registry, Stop> open_registry(const Options& options, const std::string& done) {
  auto registry = Registry::open(registry_place(options));
  if (registry) return std::move(*registry);
  return unfinished(registry.error().message + "; " + done +
                    ". Mend it or move it away, or name another with --registry");
}

CommandResult expect_registry_file(const Options& options) {
  std::error_code ignored;
  if (is_server(registry_place(options)) || fs::exists(registry_place(options), ignored))
    return ExitCode::fine;
  return misuse("there is no registry at " + registry_place(options) +
                "; run `loccit check` first, or name the folder with --archive");
}

tl::expected<Registry, Stop> open_existing_registry(const Options& options) {
  if (const auto there = expect_registry_file(options); !there)
    return tl::unexpected(there.error());
  return open_registry(options, "there is nothing to show");
}

std::string registry_name(const std::string& path, const Options& options) {
  if (is_server(path)) return path;
  std::error_code ignored;
  const fs::path whole = fs::weakly_canonical(fs::absolute(path, ignored), ignored);
  const fs::path home =
      fs::weakly_canonical(fs::absolute(archive_folder(options), ignored), ignored).parent_path();
  const fs::path inside = whole.lexically_relative(home);
  const bool lies_inside = !inside.empty() && *inside.begin() != "..";
  return (lies_inside ? inside : whole).generic_string();
}

std::filesystem::path registry_path(const std::string& name, const Options& options) {
  std::error_code ignored;
  return fs::weakly_canonical(fs::absolute(archive_folder(options), ignored), ignored)
             .parent_path() /
         name;  // a whole path stays as it is
}

std::string recorded_name(const std::vector<Report>& reports, std::size_t part,
                          const Options& options) {
  // A manifest of several documents names them itself.
  return reports.size() == options.inputs.size()
             ? registry_name(options.inputs[part], options)
             : registry_name(reports[part].document.info.file, options);
}

Result<void> record_report(Registry& registry, const Report& report, const Options& options,
                           const std::string& record) {
  const std::vector<Report> reports = take_apart(report);
  const auto inconclusive = registry.is_inconclusive(report);
  if (!inconclusive) return tl::unexpected(inconclusive.error());
  for (std::size_t i = 0; i < reports.size(); ++i) {
    RecordOptions how;
    how.document_name = recorded_name(reports, i, options);
    how.record = record;
    how.inconclusive = *inconclusive;
    const auto recorded = registry.record(reports[i], how);
    if (!recorded) return tl::unexpected(recorded.error());
  }
  return {};
}

}  // namespace loccit
