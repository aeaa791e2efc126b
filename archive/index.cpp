#include "archive/index.h"

#include "archive/index_state.h"
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

}  // namespace loccit
