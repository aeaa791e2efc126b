#include "manifests/check_record.h"

#include <algorithm>
#include <functional>

#include "base/digest.h"
#include "base/files.h"

namespace loccit {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view check_schema = "loccit.check/1";
constexpr std::string_view seal_schema = "loccit.seal/1";
constexpr ReadLimits limits{.max_bytes = 1U << 30U};

fs::path checks_folder(const fs::path& archive) { return archive / "checks"; }
fs::path seals_folder(const fs::path& archive) { return archive / "seals"; }

Result<void> make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return tl::unexpected(io_failure(error.value(), folder.string()));
  return {};
}

// The names in a folder, sorted; none where there is no folder.
std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    names.push_back(it->path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

// Whole checks, the newest first. Ids hold the second in which a check began: within one, when it
// was written down decides.
std::vector<std::string> checks_newest_first(const fs::path& archive) {
  struct Kept {
    std::string second;
    fs::file_time_type written;
    std::string id;
    auto operator<=>(const Kept&) const = default;
  };
  std::vector<Kept> kept;
  for (const std::string& id : names_in(checks_folder(archive))) {
    std::error_code missing;
    const auto written = fs::last_write_time(checks_folder(archive) / id / "check.json", missing);
    if (!missing) kept.push_back({id.substr(0, id.find('-')), written, id});
  }
  std::sort(kept.begin(), kept.end(), std::greater());
  std::vector<std::string> ids;
  for (Kept& check : kept) ids.push_back(std::move(check.id));
  return ids;
}

Result<std::string> newest_check(const fs::path& archive) {
  const std::vector<std::string> ids = checks_newest_first(archive);
  if (!ids.empty()) return ids.front();
  return fail(FailureKind::not_found, "the archive at " + archive.string() +
                                          " holds no check yet; run `loccit check` first");
}

}  // namespace

std::string check_id(const Report& report) {
  const std::string digits = to_digits14(report.started_at);
  return digits.substr(0, 8) + "T" + digits.substr(8) + "Z-" +
         to_hex(sha256(write_json(report_to_json(report)))).substr(0, 8);
}

std::vector<std::string> kept_checks(const fs::path& archive) {
  return checks_newest_first(archive);
}

Result<void> keep_check(const fs::path& archive, const CheckRecord& record) {
  const fs::path folder = checks_folder(archive) / record.id;
  if (fs::exists(folder / "check.json")) return {};
  if (auto made = make_folder(folder / "documents"); !made) return made;
  Json names = Json::array();
  for (const CheckedDocument& document : record.documents) {
    const auto path = path_inside(folder / "documents", document.file_name);
    if (!path) return tl::unexpected(path.error());
    if (auto written = write_durably(*path, document.content); !written) return written;
    names.push(document.file_name);
  }
  Json check = Json::object({{"schema", check_schema}, {"id", record.id}});
  check.set("settings", record.settings);
  check.set("documents", std::move(names));
  check.set("report", report_to_json(record.report));  // large: moved, not copied
  return write_durably(folder / "check.json", write_json(check, JsonStyle::pretty));
}

Result<CheckRecord> read_check(const fs::path& archive, std::string_view wanted) {
  const auto id =
      wanted == "latest" ? newest_check(archive) : Result<std::string>(std::string(wanted));
  if (!id) return tl::unexpected(id.error());
  const auto folder = path_inside(checks_folder(archive), *id);
  if (!folder) return tl::unexpected(folder.error());
  if (!fs::exists(*folder / "check.json")) {
    return fail(FailureKind::not_found, "the archive at " + archive.string() + " holds no check " +
                                            *id + "; `ls " + checks_folder(archive).string() +
                                            "` lists those it holds");
  }
  const auto text = read_file(*folder / "check.json", limits);
  if (!text) return tl::unexpected(text.error());
  const auto json = parse_json(*text, limits);
  if (!json) return tl::unexpected(json.error());
  const Json* report_json = json->find("report");
  if (json->text_or_empty("schema") != check_schema || report_json == nullptr) {
    return fail(FailureKind::malformed,
                (*folder / "check.json").string() + " is no " + std::string(check_schema));
  }
  auto report = report_from_json(write_json(*report_json), limits);
  if (!report) return tl::unexpected(report.error());
  CheckRecord record{.id = *id, .report = *std::move(report)};
  if (const Json* settings = json->find("settings")) record.settings = *settings;
  const Json* names = json->find("documents");
  for (const Json& name :
       names != nullptr && names->as_array() != nullptr ? *names->as_array() : Json::Array{}) {
    const auto path =
        path_inside(*folder / "documents", name.as_string() == nullptr ? "" : *name.as_string());
    if (!path) return tl::unexpected(path.error());
    auto content = read_file(*path, limits);
    if (!content) return tl::unexpected(content.error());
    record.documents.push_back({*name.as_string(), *std::move(content)});
  }
  return record;
}

Result<CheckRecord> newest_check_of(const fs::path& archive, std::string_view document_sha256) {
  for (const std::string& id : checks_newest_first(archive)) {
    auto check = read_check(archive, id);
    if (!check) return check;
    const Document& document = check->report.document;
    const bool in_part =
        std::any_of(document.parts.begin(), document.parts.end(),
                    [&](const DocumentInfo& part) { return part.sha256 == document_sha256; });
    if (document.info.sha256 == document_sha256 || in_part) return check;
  }
  return fail(FailureKind::not_found,
              "the archive at " + archive.string() +
                  " holds no check of this document as it is now; run `loccit check` on it first");
}

// Numbered in the order of sealing: two seals of one check have the same time.
Result<void> keep_seal(const fs::path& archive, const SealedBundle& bundle) {
  if (auto made = make_folder(seals_folder(archive)); !made) return made;
  const std::string json = write_json(Json::object({{"schema", seal_schema},
                                                    {"document", bundle.document},
                                                    {"check", bundle.check_id},
                                                    {"file", bundle.file},
                                                    {"sha256", bundle.sha256},
                                                    {"created", bundle.created}}),
                                      JsonStyle::pretty);
  for (std::size_t number = names_in(seals_folder(archive)).size() + 1;; ++number) {
    std::string digits = std::to_string(number);
    if (digits.size() < 8) digits.insert(0, 8 - digits.size(), '0');
    const fs::path path = seals_folder(archive) / (digits + ".json");
    if (fs::exists(path)) continue;
    const auto written = write_durably(path, json, Overwrite::no);
    if (written || !fs::exists(path)) return written;  // else another seal took the number
  }
}

Result<std::optional<SealedBundle>> last_seal_of(const fs::path& archive,
                                                 std::string_view document) {
  const std::vector<std::string> names = names_in(seals_folder(archive));
  for (auto name = names.rbegin(); name != names.rend(); ++name) {
    if (name->front() == '.') continue;
    const auto text = read_file(seals_folder(archive) / *name);
    if (!text) return tl::unexpected(text.error());
    const auto json = parse_json(*text);
    if (!json || json->text_or_empty("schema") != seal_schema) {
      return fail(FailureKind::malformed,
                  (seals_folder(archive) / *name).string() + " is no " + std::string(seal_schema));
    }
    if (json->text_or_empty("document") != document) continue;
    return SealedBundle{std::string(document), json->text_or_empty("check"),
                        json->text_or_empty("file"), json->text_or_empty("sha256"),
                        json->text_or_empty("created")};
  }
  return std::nullopt;
}

}  // namespace loccit
