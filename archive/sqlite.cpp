#include "archive/sqlite_handles.h"

namespace loccit::sqlite {

Failure failure(sqlite3* database, std::string_view doing) {
  const int code = sqlite3_errcode(database) & 0xFF;
  FailureKind kind = FailureKind::io;
  if (code == SQLITE_FULL) kind = FailureKind::full;
  if (code == SQLITE_READONLY || code == SQLITE_PERM) kind = FailureKind::refused;
  if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_ERROR)
    kind = FailureKind::malformed;
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED) kind = FailureKind::conflict;
  return {kind, std::string(doing) + ": " + sqlite3_errmsg(database)};
}

Result<Database> open(const std::string& uri, int flags) {
  sqlite3* raw = nullptr;
  const int code =
      sqlite3_open_v2(uri.c_str(), &raw, flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nullptr);
  Database database(raw);
  if (code != SQLITE_OK)
    return tl::unexpected(failure(raw, "the index " + uri + " cannot be opened"));
  sqlite3_busy_timeout(raw, 10'000);
  return database;
}

Result<void> execute(sqlite3* database, const char* sql) {
  if (sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return tl::unexpected(failure(database, "the index cannot be used"));
}

Result<Statement> Statement::prepare(sqlite3* database, std::string_view sql) {
  Statement statement;
  sqlite3_stmt* raw = nullptr;
  const int code = sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
  statement.statement_.reset(raw);
  if (code != SQLITE_OK) return tl::unexpected(failure(database, "the index cannot be asked"));
  return statement;
}

Statement& Statement::reset() {
  sqlite3_reset(statement_.get());
  next_ = 1;
  return *this;
}

Statement& Statement::bind(std::int64_t value) {
  sqlite3_bind_int64(statement_.get(), next_++, value);
  return *this;
}

Statement& Statement::bind(std::string_view text) {
  sqlite3_bind_text64(statement_.get(), next_++, text.data(), text.size(), SQLITE_TRANSIENT,
                      SQLITE_UTF8);
  return *this;
}

Statement& Statement::bind_blob(std::string_view bytes) {
  sqlite3_bind_blob64(statement_.get(), next_++, bytes.data(), bytes.size(), SQLITE_TRANSIENT);
  return *this;
}

Statement& Statement::bind_null() {
  sqlite3_bind_null(statement_.get(), next_++);
  return *this;
}

Result<bool> Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) {
    sqlite3_reset(statement_.get());  // lets go of the read lock
    return false;
  }
  Failure failed = failure(sqlite3_db_handle(statement_.get()), "the index failed");
  sqlite3_reset(statement_.get());
  return tl::unexpected(std::move(failed));
}

Result<void> Statement::run() {
  for (;;) {
    const auto row = step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return {};
  }
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string Statement::text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_.get(), column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  return bytes == nullptr ? std::string() : std::string(static_cast<const char*>(bytes), size);
}

bool Statement::is_blob(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_BLOB;
}

}  // namespace loccit::sqlite
