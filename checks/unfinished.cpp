#include "checks/unfinished.h"

#include "base/digest.h"
#include "base/files.h"
#include "base/json.h"

namespace loccit {
namespace {

constexpr const char* mark_name = "unfinished-check.json";
constexpr std::chrono::hours fresh_for{24};

std::string key_of(const Plan& plan) {
  std::string urls;
  for (const PlannedUrl& url : plan.urls) urls += url.url + "\n";
  return to_hex(sha256(urls));
}

std::optional<Timestamp> mark_of(const std::filesystem::path& file, const std::string& key) {
  const auto text = read_file(file);
  const auto json = text ? parse_json(*text) : tl::unexpected<Failure>(text.error());
  if (!json) return std::nullopt;  // none, or torn: then there is nothing to go on from
  if (json->text_or_empty("urls_sha256") != key) return std::nullopt;
  return from_iso8601(json->text_or_empty("started_at"));
}

}  // namespace

Result<UnfinishedCheck> UnfinishedCheck::begin(const Archive& archive, const Plan& plan,
                                               Timestamp now) {
  const std::filesystem::path file = archive.folder() / mark_name;
  const std::string key = key_of(plan);
  if (const auto mark = mark_of(file, key); mark && *mark <= now && now - *mark < fresh_for)
    return UnfinishedCheck(file, *mark, true);
  const Json mark = Json::object({{"urls_sha256", key}, {"started_at", to_iso8601_micros(now)}});
  if (const auto written = write_durably(file, write_json(mark, JsonStyle::pretty)); !written)
    return tl::unexpected(written.error());
  return UnfinishedCheck(file, now, false);
}

std::optional<UnfinishedCheck::Fetched> UnfinishedCheck::fetched(const Archive& archive,
                                                                 const std::string& url) const {
  if (!resumed_) return std::nullopt;
  std::vector<SnapshotRecord> records = archive.snapshots_of(url);
  // What failed may have failed because the machine was going down: that is asked for again.
  if (records.empty() || records.back().fetched_at < started_at_ || records.back().status == 0)
    return std::nullopt;
  Fetched found{std::move(records.back()), {}};
  records.pop_back();
  found.before = std::move(records);
  return found;
}

void UnfinishedCheck::finish() const {
  std::error_code ignored;
  std::filesystem::remove(file_, ignored);
}

}  // namespace loccit
