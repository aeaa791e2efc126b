#include "archive/index_rows.h"

#include <cctype>
#include <chrono>
#include <optional>

#include "base/digest.h"
#include "base/url.h"

namespace loccit {
namespace {

constexpr std::string_view uuid_prefix = "urn:uuid:";

// "urn:uuid:…" in its canonical spelling as 16 bytes; anything else (others' files) stays text.
std::optional<std::string> packed_id(std::string_view id) {
  if (id.size() != 45 || id.substr(0, 9) != uuid_prefix) return std::nullopt;
  std::string bytes;
  int high = -1;
  for (std::size_t i = 9; i < id.size(); ++i) {
    const std::size_t at = i - 9;
    const bool dash = at == 8 || at == 13 || at == 18 || at == 23;
    const char c = id[i];
    if (dash != (c == '-')) return std::nullopt;
    if (dash) continue;
    const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    if (digit < 0) return std::nullopt;
    if (high < 0) {
      high = digit;
    } else {
      bytes.push_back(static_cast<char>(high * 16 + digit));
      high = -1;
    }
  }
  return bytes;
}

std::string digest_in(const sqlite::Statement& statement, int column) {
  const std::string stored = statement.text(column);
  return statement.is_blob(column) ? "sha256:" + to_hex(Bytes(stored)) : stored;
}

Timestamp time_of(std::int64_t micros) { return Timestamp(std::chrono::microseconds(micros)); }

}  // namespace

const char* const capture_columns =
    "SELECT f.warc, c.position, c.length, c.first, c.metadata, c.id, c.url, c.final_url, "
    "c.fetched_at, c.sha256, c.bytes, "
    "c.media_type, c.status, c.untrusted, c.revisit_of, c.metadata IS NULL FROM captures c JOIN "
    "files f ON f.number = c.file ";

const char* const original_columns =
    "SELECT f.warc, o.position, o.target, o.date, o.digest, o.id FROM originals o JOIN files f ON "
    "f.number = o.file ";

std::int64_t key_of(std::string_view text) {
  const Sha256 digest = sha256(text);
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < 8; ++i) key = (key << 8U) | digest.value[i];
  return static_cast<std::int64_t>(key);
}

std::string look_up_form(std::string_view url) { return fetch_key(url).value_or(std::string(url)); }

void bind_id(sqlite::Statement& statement, std::string_view id) {
  if (id.empty()) {
    statement.bind_null();
  } else if (const auto packed = packed_id(id)) {
    statement.bind_blob(*packed);
  } else {
    statement.bind(id);
  }
}

std::string id_in(const sqlite::Statement& statement, int column) {
  std::string stored = statement.text(column);
  if (!statement.is_blob(column)) return stored;
  std::string id = to_hex(Bytes(stored));
  for (const std::size_t at : {20U, 16U, 12U, 8U}) id.insert(at, "-");
  return std::string(uuid_prefix) + id;
}

void bind_digest(sqlite::Statement& statement, std::string_view label) {
  if (const auto digest =
          label.substr(0, 7) == "sha256:" ? sha256_from_hex(label.substr(7)) : std::nullopt) {
    statement.bind_blob(
        Bytes(reinterpret_cast<const char*>(digest->value.data()), digest->value.size()));
  } else {
    statement.bind(label);
  }
}

std::string folded_label(std::string_view label) {
  std::string out(label);
  const std::size_t colon = out.find(':');
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto c = static_cast<unsigned char>(out[i]);
    if (i < colon) out[i] = static_cast<char>(std::tolower(c));
  }
  if (out.rfind("sha-", 0) == 0) out.erase(3, 1);
  return out;
}

CaptureEntry capture_in(const sqlite::Statement& row) {
  CaptureEntry entry;
  SnapshotRecord& record = entry.record;
  record.warc = row.text(0);
  record.offset = unsigned_of(row.integer(1));
  record.length = unsigned_of(row.integer(2));
  entry.first = unsigned_of(row.integer(3));
  if (row.integer(15) == 0) entry.metadata = unsigned_of(row.integer(4));
  record.id = id_in(row, 5);
  record.requested_url = row.text(6);
  record.final_url = row.text(7);
  if (record.final_url.empty()) record.final_url = record.requested_url;
  record.fetched_at = time_of(row.integer(8));
  record.sha256 = to_hex(Bytes(row.text(9)));
  record.bytes = unsigned_of(row.integer(10));
  record.media_type = row.text(11);
  record.status = static_cast<int>(row.integer(12));
  record.untrusted = row.integer(13) != 0;
  record.revisit_of = id_in(row, 14);
  if (!row.is_blob(14) && row.text(14).empty()) record.revisit_of.clear();
  return entry;
}

OriginalEntry original_in(const sqlite::Statement& row) {
  return {.target_uri = row.text(2),
          .date = time_of(row.integer(3)),
          .digest = digest_in(row, 4),
          .id = id_in(row, 5),
          .place = {row.text(0), unsigned_of(row.integer(1))}};
}

}  // namespace loccit
