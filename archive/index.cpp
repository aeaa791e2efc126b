#include "archive/index.h"

#include <array>

#include "archive/index_rows.h"
#include "archive/sqlite_handles.h"
#include "base/digest.h"

namespace loccit {
namespace {

namespace fs = std::filesystem;
using sqlite::Statement;

// Raise it with any change of the tables or of what stands in them: older indexes are then made
// anew.
constexpr int schema_version = 1;

// URLs and ids are looked up by 64 bits of their SHA-256: indexes stay small, and a hit is compared
// in full.
constexpr const char* schema = R"(
CREATE TABLE files(number INTEGER PRIMARY KEY, warc TEXT NOT NULL UNIQUE, indexed_to INTEGER NOT NULL);
CREATE TABLE captures(
  number INTEGER PRIMARY KEY, file INTEGER NOT NULL, position INTEGER NOT NULL, length INTEGER NOT NULL,
  first INTEGER NOT NULL, metadata INTEGER, id NOT NULL, id_key INTEGER NOT NULL, url TEXT NOT NULL,
  url_key INTEGER NOT NULL, final_url TEXT, fetched_at INTEGER NOT NULL, sha256 BLOB, bytes INTEGER NOT NULL,
  media_type TEXT, status INTEGER NOT NULL, untrusted INTEGER NOT NULL, revisit_of);
CREATE INDEX captures_by_url ON captures(url_key, fetched_at);
CREATE INDEX captures_by_id ON captures(id_key);
CREATE INDEX captures_by_place ON captures(file, position);
CREATE TABLE originals(
  number INTEGER PRIMARY KEY, file INTEGER NOT NULL, position INTEGER NOT NULL, url_key INTEGER NOT NULL,
  target TEXT NOT NULL, date INTEGER NOT NULL, digest_key INTEGER NOT NULL, digest NOT NULL, id NOT NULL);
CREATE INDEX originals_by_url ON originals(url_key, date);
CREATE INDEX originals_by_digest ON originals(digest_key, url_key);
CREATE TABLE chains(sha256 BLOB NOT NULL, file INTEGER NOT NULL, position INTEGER NOT NULL);
CREATE INDEX chains_by_digest ON chains(sha256);
CREATE TABLE texts(id_key INTEGER NOT NULL, id NOT NULL, file INTEGER NOT NULL, position INTEGER NOT NULL);
CREATE INDEX texts_by_id ON texts(id_key);
)";

// SQLite's URI form, so that any path can be opened read-only or as immutable.
std::string uri_of(const fs::path& path, std::string_view query) {
  std::string uri = "file:";
  for (const char c : path.string()) {
    if (c == '?' || c == '#' || c == '%') {
      uri += '%' + to_hex(Bytes(&c, 1));
    } else {
      uri += c;
    }
  }
  return uri + std::string(query);
}

}  // namespace

struct Index::State {
  sqlite::Database database;
  Statement begin, commit, rollback;
  Statement file_number, add_file, set_indexed;
  Statement add_capture, add_original, add_chain, add_text;
  Statement by_url, by_id, by_place, by_date, newest, by_digest, by_digest_and_url, chain, text;

  Result<void> prepare() {
    const std::string captures(capture_columns);
    const std::string originals(original_columns);
    const std::array<std::pair<Statement*, std::string>, 20> all{{
        {&begin, "BEGIN IMMEDIATE"},
        {&commit, "COMMIT"},
        {&rollback, "ROLLBACK"},
        {&file_number, "SELECT number FROM files WHERE warc = ?"},
        {&add_file, "INSERT INTO files(warc, indexed_to) VALUES(?, 0)"},
        {&set_indexed, "UPDATE files SET indexed_to = ? WHERE number = ?"},
        {&add_capture,
         "INSERT INTO captures(file, position, length, first, metadata, id, id_key, url, url_key, "
         "final_url, fetched_at, "
         "sha256, bytes, media_type, status, untrusted, revisit_of) "
         "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"},
        {&add_original,
         "INSERT INTO originals(file, position, url_key, target, date, digest_key, digest, id) "
         "VALUES(?,?,?,?,?,?,?,?)"},
        {&add_chain, "INSERT INTO chains(sha256, file, position) VALUES(?,?,?)"},
        {&add_text, "INSERT INTO texts(id_key, id, file, position) VALUES(?,?,?,?)"},
        {&by_url, captures + "WHERE c.url_key = ? ORDER BY c.fetched_at, c.number"},
        {&by_id, captures + "WHERE c.id_key = ? ORDER BY c.number"},
        {&by_place,
         captures + "WHERE c.position = ? AND c.file = (SELECT number FROM files WHERE warc = ?)"},
        {&by_date, originals + "WHERE o.url_key = ? AND o.date = ? ORDER BY o.number"},
        {&newest, originals + "WHERE o.url_key = ? ORDER BY o.date DESC, o.number DESC"},
        {&by_digest, originals + "WHERE o.digest_key = ? ORDER BY o.number"},
        {&by_digest_and_url,
         originals + "WHERE o.digest_key = ? AND o.url_key = ? ORDER BY o.number DESC"},
        {&chain,
         "SELECT f.warc, c.position FROM chains c JOIN files f ON f.number = c.file WHERE c.sha256 "
         "= ? "
         "ORDER BY c.file DESC LIMIT 1"},
        {&text,
         "SELECT f.warc, t.position, t.id FROM texts t JOIN files f ON f.number = t.file WHERE "
         "t.id_key = ? "
         "ORDER BY t.rowid DESC"},
        {&files, "SELECT warc, indexed_to FROM files ORDER BY warc"},
    }};
    for (const auto& [statement, sql] : all) {
      auto prepared = Statement::prepare(database.get(), sql);
      if (!prepared) return tl::unexpected(prepared.error());
      *statement = std::move(*prepared);
    }
    return {};
  }
  Statement files;

  Result<std::int64_t> number_of(std::string_view warc) {
    const auto known = file_number.reset().bind(warc).step();
    if (!known) return tl::unexpected(known.error());
    if (*known) {
      const std::int64_t number = file_number.integer(0);
      file_number.reset();
      return number;
    }
    if (const auto added = add_file.reset().bind(warc).run(); !added)
      return tl::unexpected(added.error());
    return sqlite3_last_insert_rowid(database.get());
  }

  Result<void> insert(std::int64_t file, const IndexEntries& entries);
};

Result<void> Index::State::insert(std::int64_t file, const IndexEntries& entries) {
  for (const CaptureEntry& entry : entries.captures) {
    const SnapshotRecord& record = entry.record;
    Statement& row = add_capture.reset();
    row.bind(file)
        .bind(signed_of(record.offset))
        .bind(signed_of(record.length))
        .bind(signed_of(entry.first));
    entry.metadata ? row.bind(signed_of(*entry.metadata)) : row.bind_null();
    bind_id(row, record.id);
    row.bind(key_of(record.id))
        .bind(record.requested_url)
        .bind(key_of(look_up_form(record.requested_url)));
    record.final_url == record.requested_url ? row.bind_null() : row.bind(record.final_url);
    row.bind(micros(record.fetched_at));
    const auto digest = sha256_from_hex(record.sha256);
    digest ? row.bind_blob(
                 Bytes(reinterpret_cast<const char*>(digest->value.data()), digest->value.size()))
           : row.bind_null();
    row.bind(signed_of(record.bytes)).bind(record.media_type).bind(std::int64_t{record.status});
    row.bind(std::int64_t{record.untrusted ? 1 : 0});
    bind_id(row, record.revisit_of);
    if (auto done = row.run(); !done) return done;
  }
  for (const OriginalEntry& entry : entries.originals) {
    const std::string digest = folded_label(entry.digest);
    Statement& row = add_original.reset();
    row.bind(file)
        .bind(signed_of(entry.place.offset))
        .bind(key_of(entry.target_uri))
        .bind(entry.target_uri);
    row.bind(micros(entry.date)).bind(key_of(digest));
    bind_digest(row, digest);
    bind_id(row, entry.id);
    if (auto done = row.run(); !done) return done;
  }
  for (const ChainEntry& entry : entries.chains) {
    Statement& row = add_chain.reset();
    bind_digest(row, "sha256:" + entry.sha256);
    if (auto done = row.bind(file).bind(signed_of(entry.offset)).run(); !done) return done;
  }
  for (const TextEntry& entry : entries.texts) {
    Statement& row = add_text.reset().bind(key_of(entry.snapshot_id));
    bind_id(row, entry.snapshot_id);
    if (auto done = row.bind(file).bind(signed_of(entry.offset)).run(); !done) return done;
  }
  return set_indexed.reset().bind(signed_of(entries.indexed_to)).bind(file).run();
}

Index::Index(std::unique_ptr<State> state) : state_(std::move(state)) {}
Index::~Index() = default;
Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;

namespace {

Result<int> version_of(sqlite3* database) {
  auto asked = Statement::prepare(database, "PRAGMA user_version");
  if (!asked) return tl::unexpected(asked.error());
  const auto row = asked->step();
  if (!row) return tl::unexpected(row.error());
  return static_cast<int>(asked->integer(0));
}

Result<void> make_tables(sqlite3* database) {
  const std::string sql = "BEGIN IMMEDIATE;" + std::string(schema) +
                          "PRAGMA user_version = " + std::to_string(schema_version) + ";COMMIT;";
  return sqlite::execute(database, sql.c_str());
}

// WAL: a reader never waits for the writer. NORMAL: a power cut may cost the last rows, never the
// file's sense.
constexpr const char* writer_pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;";

}  // namespace

Result<Index> Index::open_for_writing(const fs::path& path, bool& made_anew) {
  made_anew = false;
  for (const bool second_try : {false, true}) {
    auto state = std::make_unique<State>();
    const auto prepared = [&]() -> Result<void> {
      auto database = sqlite::open(uri_of(path, ""), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
      if (!database) return tl::unexpected(database.error());
      state->database = std::move(*database);
      if (auto set = sqlite::execute(state->database.get(), writer_pragmas); !set) return set;
      const auto version = version_of(state->database.get());
      if (!version) return tl::unexpected(version.error());
      if (*version == 0) {
        made_anew = true;
        if (auto made = make_tables(state->database.get()); !made) return made;
      } else if (*version != schema_version) {
        return fail(FailureKind::malformed, "the index is of another version of loccit");
      }
      return state->prepare();
    }();
    if (prepared) return Index(std::move(state));
    if (second_try || prepared.error().kind != FailureKind::malformed)
      return tl::unexpected(prepared.error());
    state.reset();
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(path.string() + suffix, ignored);
  }
  return fail(FailureKind::io, "the index cannot be made");
}

Result<Index> Index::open_for_reading(const fs::path& path) {
  const auto attempt = [&](std::string_view query) -> Result<Index> {
    auto state = std::make_unique<State>();
    auto database = sqlite::open(uri_of(path, query), SQLITE_OPEN_READONLY);
    if (!database) return tl::unexpected(database.error());
    state->database = std::move(*database);
    const auto version = version_of(state->database.get());
    if (!version) return tl::unexpected(version.error());
    if (*version != schema_version)
      return fail(FailureKind::malformed, "the index is of another version of loccit");
    if (auto prepared = state->prepare(); !prepared) return tl::unexpected(prepared.error());
    return Index(std::move(state));
  };
  auto index = attempt("?mode=ro");
  if (index) return index;
  // On a medium that cannot be written SQLite cannot share a WAL; where none is left over, none is
  // needed.
  std::error_code error;
  const auto left_over = fs::file_size(path.string() + "-wal", error);
  if (error || left_over == 0) return attempt("?immutable=1");
  return index;
}

Result<Index> Index::in_memory() {
  auto state = std::make_unique<State>();
  auto database = sqlite::open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  if (!database) return tl::unexpected(database.error());
  state->database = std::move(*database);
  if (auto made = make_tables(state->database.get()); !made) return tl::unexpected(made.error());
  if (auto prepared = state->prepare(); !prepared) return tl::unexpected(prepared.error());
  return Index(std::move(state));
}

Result<Index> Index::copy_in_memory() const {
  auto state = std::make_unique<State>();
  auto database = sqlite::open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  if (!database) return tl::unexpected(database.error());
  state->database = std::move(*database);
  sqlite3_backup* backup =
      sqlite3_backup_init(state->database.get(), "main", state_->database.get(), "main");
  if (backup == nullptr)
    return tl::unexpected(sqlite::failure(state->database.get(), "the index cannot be copied"));
  sqlite3_backup_step(backup, -1);
  if (sqlite3_backup_finish(backup) != SQLITE_OK) {
    return tl::unexpected(sqlite::failure(state->database.get(), "the index cannot be copied"));
  }
  if (auto prepared = state->prepare(); !prepared) return tl::unexpected(prepared.error());
  return Index(std::move(state));
}

Result<void> Index::add(std::string_view warc, const IndexEntries& entries) {
  State& s = *state_;
  if (auto begun = s.begin.reset().run(); !begun) return begun;
  const auto done = [&]() -> Result<void> {
    const auto file = s.number_of(warc);
    if (!file) return tl::unexpected(file.error());
    if (auto inserted = s.insert(*file, entries); !inserted) return inserted;
    return s.commit.reset().run();
  }();
  if (!done) (void)s.rollback.reset().run();
  return done;
}

Result<void> Index::forget(std::string_view warc) {
  State& s = *state_;
  if (auto begun = s.begin.reset().run(); !begun) return begun;
  const auto done = [&]() -> Result<void> {
    const auto file = s.number_of(warc);
    if (!file) return tl::unexpected(file.error());
    const std::string number = std::to_string(*file);
    for (const char* table : {"captures", "originals", "chains", "texts"}) {
      const std::string sql = "DELETE FROM " + std::string(table) + " WHERE file = " + number;
      if (auto deleted = sqlite::execute(s.database.get(), sql.c_str()); !deleted) return deleted;
    }
    const std::string sql = "DELETE FROM files WHERE number = " + number;
    if (auto deleted = sqlite::execute(s.database.get(), sql.c_str()); !deleted) return deleted;
    return s.commit.reset().run();
  }();
  if (!done) (void)s.rollback.reset().run();
  return done;
}

namespace {

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
