// The index's database and the statements that are asked again and again. Private to index*.cpp.
#pragma once

#include <array>
#include <string>
#include <utility>

#include "archive/index.h"
#include "archive/index_rows.h"
#include "archive/sqlite_handles.h"

namespace loccit {

struct Index::State {
  using Statement = sqlite::Statement;
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

}  // namespace loccit
