#include "archive/index_file.h"

#include <array>
#include <utility>

#include "archive/gzip_member.h"
#include "archive/index_rows.h"
#include "base/inflate.h"
#include "base/json.h"
#include "base/spool.h"
#include "base/text.h"

namespace loccit {
namespace {

constexpr std::string_view schema = "loccit.warc-index/1";
constexpr std::string_view suffix = ".warc.gz";

Json row_of(const CaptureEntry& entry) {
  const SnapshotRecord& record = entry.record;
  return Json(Json::Array{"capture", record.offset, record.length, entry.first,
                          entry.metadata ? Json(*entry.metadata) : Json(), record.id,
                          record.requested_url, record.final_url, micros(record.fetched_at),
                          record.sha256, record.bytes, record.media_type, record.status,
                          record.untrusted, record.revisit_of});
}
Json row_of(const OriginalEntry& entry) {
  return Json(Json::Array{"original", entry.place.offset, entry.target_uri, micros(entry.date),
                          entry.digest, entry.id});
}
Json row_of(const ChainEntry& entry) {
  return Json(Json::Array{"chain", entry.offset, entry.sha256});
}
Json row_of(const TextEntry& entry) {
  return Json(Json::Array{"text", entry.offset, entry.snapshot_id});
}

// One line's values in turn.
class Row {
 public:
  explicit Row(const Json::Array& values) : values_(values) {}

  std::string text() {
    const std::string* value = next().as_string();
    if (value == nullptr) right_ = false;
    return value != nullptr ? *value : std::string();
  }
  template <class Integer = std::uint64_t>
  Integer number() {
    const std::int64_t* value = next().as_integer();
    if (value == nullptr || !std::in_range<Integer>(*value)) right_ = false;
    return right_ ? static_cast<Integer>(*value) : Integer();
  }
  bool truth() {
    const bool* value = next().as_bool();
    if (value == nullptr) right_ = false;
    return value != nullptr && *value;
  }
  Timestamp time() { return Timestamp(std::chrono::microseconds(number<std::int64_t>())); }
  bool skip_null() {
    const bool null = at_ < values_.size() && values_[at_].is_null();
    if (null) ++at_;
    return null;
  }
  bool ends_well() const { return right_ && at_ == values_.size(); }

 private:
  const Json& next() {
    static const Json none;
    if (at_ >= values_.size()) right_ = false;
    return at_ < values_.size() ? values_[at_++] : none;
  }

  const Json::Array& values_;
  std::size_t at_ = 0;
  bool right_ = true;
};

CaptureEntry capture_from(Row& row, std::string_view warc) {
  CaptureEntry entry;
  SnapshotRecord& record = entry.record;
  record.warc = warc;
  record.offset = row.number();
  record.length = row.number();
  entry.first = row.number();
  if (!row.skip_null()) entry.metadata = row.number();
  record.id = row.text();
  record.requested_url = row.text();
  record.final_url = row.text();
  record.fetched_at = row.time();
  record.sha256 = row.text();
  record.bytes = row.number();
  record.media_type = row.text();
  record.status = row.number<int>();
  record.untrusted = row.truth();
  record.revisit_of = row.text();
  return entry;
}

OriginalEntry original_from(Row& row, std::string_view warc) {
  OriginalEntry entry;
  entry.place = {std::string(warc), row.number()};
  entry.target_uri = row.text();
  entry.date = row.time();
  entry.digest = row.text();
  entry.id = row.text();
  return entry;
}

bool take(Row row, std::string_view warc, IndexEntries& entries) {
  const std::string kind = row.text();
  if (kind == "capture") {
    entries.captures.push_back(capture_from(row, warc));
  } else if (kind == "original") {
    entries.originals.push_back(original_from(row, warc));
  } else if (kind == "chain") {
    const std::uint64_t offset = row.number();
    entries.chains.push_back({row.text(), offset});
  } else if (kind == "text") {
    const std::uint64_t offset = row.number();
    entries.texts.push_back({row.text(), offset});
  } else {
    return false;
  }
  return row.ends_well();
}

}  // namespace

std::string index_file_name(std::string_view warc) {
  std::string_view name = warc.substr(warc.rfind('/') + 1);
  if (name.ends_with(suffix)) name.remove_suffix(suffix.size());
  return "index/" + std::string(name) + ".jsonl.gz";
}

std::string to_index_file(std::string_view warc, const IndexEntries& entries) {
  std::string lines =
      write_json(Json::object(
          {{"schema", schema}, {"warc", std::string(warc)}, {"bytes", entries.indexed_to}})) +
      "\n";
  const auto add = [&](const auto& rows) {
    for (const auto& row : rows) lines += write_json(row_of(row)) + "\n";
  };
  add(entries.captures);
  add(entries.originals);
  add(entries.chains);
  add(entries.texts);
  if (lines.find("\xEF\xBF\xBD") != std::string::npos) return {};  // U+FFFD: repaired
  Spool packed;
  const std::array<Bytes, 1> pieces{lines};
  if (!append_gzip_member(packed, pieces)) return {};
  return std::string(packed.view());
}

Result<IndexEntries> from_index_file(Bytes file, std::string_view warc, std::uint64_t bytes) {
  const auto wrong = [&](std::size_t line) {
    return fail(FailureKind::malformed,
                "line " + std::to_string(line) + " is not of an index of " + std::string(warc));
  };
  const auto lines = decode_content(file, "gzip");
  if (!lines) return tl::unexpected(lines.error());
  IndexEntries entries;
  std::size_t count = 0;
  for (std::size_t at = 0; at < lines->size();) {
    const std::size_t end = std::min(lines->find('\n', at), lines->size());
    const auto line = parse_json(Bytes(*lines).substr(at, end - at));
    at = end + 1;
    if (!line) return tl::unexpected(line.error());
    if (++count == 1) {
      const Json* size = line->find("bytes");
      const std::int64_t* said = size != nullptr ? size->as_integer() : nullptr;
      if (line->text_or_empty("schema") != schema || line->text_or_empty("warc") != warc ||
          said == nullptr || *said < 0 || static_cast<std::uint64_t>(*said) != bytes)
        return wrong(count);
      entries.indexed_to = bytes;
    } else if (line->as_array() == nullptr || !take(Row(*line->as_array()), warc, entries)) {
      return wrong(count);
    }
  }
  if (count == 0) return wrong(1);
  return entries;
}

}  // namespace loccit
