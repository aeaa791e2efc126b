#include <array>
#include <type_traits>

#include "archive/index_state.h"
#include "base/digest.h"

namespace loccit {
namespace {

using sqlite::Statement;

// All rows that `wanted` accepts; hits of a 64-bit key are compared in full there.
template <class Row, class Read, class Wanted>
Result<std::vector<Row>> rows(Statement& statement, Read read, Wanted wanted,
                              std::size_t most = SIZE_MAX) {
  std::vector<Row> found;
  while (found.size() < most) {
    const auto more = statement.step();
    if (!more) return tl::unexpected(more.error());
    if (!*more) break;
    Row row = read(statement);
    if (wanted(row)) found.push_back(std::move(row));
  }
  statement.reset();
  return found;
}

template <class Row>
Result<std::optional<Row>> first_of(Result<std::vector<Row>> found) {
  if (!found) return tl::unexpected(found.error());
  if (found->empty()) return std::optional<Row>();
  return std::optional<Row>(std::move(found->front()));
}

constexpr auto any = [](const auto&) { return true; };

}  // namespace

Result<std::vector<IndexedFile>> Index::files() {
  return rows<IndexedFile>(
      state_->files.reset(),
      [](const Statement& row) {
        return IndexedFile{row.text(0), unsigned_of(row.integer(1))};
      },
      any);
}

Result<std::vector<CaptureEntry>> Index::captures_of(std::string_view url) {
  const std::string form = look_up_form(url);
  return rows<CaptureEntry>(
      state_->by_url.reset().bind(key_of(form)), capture_in,
      [&](const CaptureEntry& entry) { return look_up_form(entry.record.requested_url) == form; });
}

Result<std::vector<CaptureEntry>> Index::all_captures() {
  auto statement = Statement::prepare(
      state_->database.get(), std::string(capture_columns) + "ORDER BY c.fetched_at, c.number");
  if (!statement) return tl::unexpected(statement.error());
  return rows<CaptureEntry>(*statement, capture_in, any);
}

Result<IndexEntries> Index::entries_of(std::string_view warc) {
  IndexEntries entries;
  const auto take = [&](const std::string& sql, auto& into, auto read) -> Result<void> {
    auto statement = Statement::prepare(state_->database.get(), sql);
    if (!statement) return tl::unexpected(statement.error());
    using Row = typename std::remove_reference_t<decltype(into)>::value_type;
    auto found = rows<Row>(statement->bind(warc), read, any);
    if (!found) return tl::unexpected(found.error());
    into = std::move(*found);
    return {};
  };
  const std::string of_file = "WHERE f.warc = ? ORDER BY ";
  std::vector<std::uint64_t> ends;
  const std::array done{
      take(capture_columns + of_file + "c.position", entries.captures, capture_in),
      take(original_columns + of_file + "o.position", entries.originals, original_in),
      take("SELECT c.sha256, c.position FROM chains c JOIN files f ON f.number = c.file " +
               of_file + "c.position",
           entries.chains,
           [](const Statement& row) {
             return ChainEntry{to_hex(Bytes(row.text(0))), unsigned_of(row.integer(1))};
           }),
      take("SELECT t.id, t.position FROM texts t JOIN files f ON f.number = t.file " + of_file +
               "t.position",
           entries.texts,
           [](const Statement& row) {
             return TextEntry{id_in(row, 0), unsigned_of(row.integer(1))};
           }),
      take("SELECT f.indexed_to FROM files f " + of_file + "1", ends,
           [](const Statement& row) { return unsigned_of(row.integer(0)); })};
  for (const auto& one : done) {
    if (!one) return tl::unexpected(one.error());
  }
  if (!ends.empty()) entries.indexed_to = ends.front();
  return entries;
}

Result<std::optional<CaptureEntry>> Index::capture_with(std::string_view id) {
  return first_of(rows<CaptureEntry>(
      state_->by_id.reset().bind(key_of(id)), capture_in,
      [&](const CaptureEntry& entry) { return entry.record.id == id; }, 1));
}

Result<std::optional<CaptureEntry>> Index::capture_at(std::string_view warc, std::uint64_t offset) {
  return first_of(rows<CaptureEntry>(state_->by_place.reset().bind(signed_of(offset)).bind(warc),
                                     capture_in, any, 1));
}

Result<std::optional<OriginalEntry>> Index::original_of(std::string_view target_uri,
                                                        Timestamp date) {
  return first_of(rows<OriginalEntry>(
      state_->by_date.reset().bind(key_of(target_uri)).bind(micros(date)), original_in,
      [&](const OriginalEntry& entry) { return entry.target_uri == target_uri; }, 1));
}

Result<std::optional<OriginalEntry>> Index::newest_original_of(std::string_view target_uri) {
  return first_of(rows<OriginalEntry>(
      state_->newest.reset().bind(key_of(target_uri)), original_in,
      [&](const OriginalEntry& entry) { return entry.target_uri == target_uri; }, 1));
}

Result<std::optional<OriginalEntry>> Index::original_with(std::string_view digest,
                                                          std::string_view target_uri) {
  const std::string label = folded_label(digest);
  Statement& statement =
      target_uri.empty()
          ? state_->by_digest.reset().bind(key_of(label))
          : state_->by_digest_and_url.reset().bind(key_of(label)).bind(key_of(target_uri));
  return first_of(rows<OriginalEntry>(
      statement, original_in,
      [&](const OriginalEntry& entry) {
        return entry.digest == label && (target_uri.empty() || entry.target_uri == target_uri);
      },
      1));
}

Result<std::optional<Place>> Index::chain(std::string_view sha256) {
  Statement& statement = state_->chain.reset();
  bind_digest(statement, "sha256:" + std::string(sha256));
  return first_of(rows<Place>(
      statement,
      [](const Statement& row) {
        return Place{row.text(0), unsigned_of(row.integer(1))};
      },
      any, 1));
}

Result<std::optional<Place>> Index::text_of(std::string_view snapshot_id) {
  std::optional<Place> found;
  Statement& statement = state_->text.reset().bind(key_of(snapshot_id));
  return first_of(rows<Place>(
      statement,
      [&](const Statement& row) {
        const bool same = id_in(row, 2) == snapshot_id;
        return Place{same ? row.text(0) : std::string(), unsigned_of(row.integer(1))};
      },
      [](const Place& place) { return !place.warc.empty(); }, 1));
}

}  // namespace loccit
