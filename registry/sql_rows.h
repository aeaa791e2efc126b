// Many rows in one statement, in the words that SQLite and PostgreSQL share: over a network it is
// round trips that cost, not rows.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/sql.h"

namespace loccit {

class SqlRows {
 public:
  explicit SqlRows(std::vector<const char*> types) : types_(std::move(types)) {}  // one a column

  void add(std::vector<SqlValue> row);  // as many values as there are types
  bool empty() const { return rows_.empty(); }

  // Runs `statement` with "@ROWS@" as "($1, $2), ($3, $4)"; where they are read from, both
  // databases call the columns column1, column2, … Many rows go in several statements, whose
  // lengths are powers of two, so that few different ones have to be prepared.
  std::vector<SqlRow> run(Sql& sql, std::string_view statement) const;

 private:
  std::vector<const char*> types_;
  std::vector<std::vector<SqlValue>> rows_;
};

// The rows of `statement`, whose "@KEYS@" stands for "$1, $2, …": of a column IN (@KEYS@).
std::vector<SqlRow> query_keys(Sql& sql, std::string_view statement,
                               const std::vector<SqlValue>& keys);

}  // namespace loccit
