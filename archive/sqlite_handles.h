// Owners of SQLite's objects, and the few calls we make on them: a statement binds, steps, and
// hands out columns.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <sqlite3.h>

#include "base/result.h"

namespace loccit::sqlite {

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;

struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

Failure failure(sqlite3* database, std::string_view doing);

Result<Database> open(const std::string& uri, int flags);
Result<void> execute(sqlite3* database, const char* sql);

// Prepared once, used often. Each use begins with reset().
class Statement {
 public:
  Statement() = default;
  static Result<Statement> prepare(sqlite3* database, std::string_view sql);

  Statement& reset();
  Statement& bind(std::int64_t value);
  Statement& bind(std::string_view text);        // copied
  Statement& bind_blob(std::string_view bytes);  // copied
  Statement& bind_null();

  Result<bool> step();  // whether there is a row
  Result<void> run();   // to the end, rows ignored

  std::int64_t integer(int column) const;
  std::string text(int column) const;  // also of a blob
  bool is_blob(int column) const;

 private:
  std::unique_ptr<sqlite3_stmt, FinalizeStatement> statement_;
  int next_ = 1;
};

}  // namespace loccit::sqlite
