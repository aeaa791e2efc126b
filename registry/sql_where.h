// A query put together from conditions; private to this folder.
#pragma once

#include <string>
#include <vector>

#include "registry/sql.h"

namespace loccit {

// Parameters are numbered in the order in which they are
// added.
class Where {
 public:
  // SQLite's LIKE does not mind the case of ASCII letters; PostgreSQL's does.
  explicit Where(const Sql& sql) : like_(sql.is_postgresql() ? " ILIKE " : " LIKE ") {}
  std::string number(SqlValue value) {
    parameters_.push_back(std::move(value));
    return "$" + std::to_string(parameters_.size());
  }
  void add(const std::string& condition) {
    sql_ += (sql_.empty() ? "WHERE " : " AND ") + condition;
  }
  // `term` occurs in one of the columns, in any case; % and _ are letters like others.
  void add_search(const std::vector<std::string>& columns, const std::string& term) {
    std::string pattern = "%";
    for (const char c : term) {
      if (c == '%' || c == '_' || c == '\\') pattern += '\\';
      pattern += c;
    }
    pattern += '%';
    std::string any;
    for (const std::string& column : columns) {
      any += (any.empty() ? "(" : " OR ") + column + like_ + number(pattern) + " ESCAPE '\\'";
    }
    add(any + ")");
  }
  const std::string& sql() const { return sql_; }
  const std::vector<SqlValue>& parameters() const { return parameters_; }
  std::string page(std::size_t limit, std::size_t offset) {
    const std::string count = number(static_cast<std::int64_t>(limit));
    return " LIMIT " + count + " OFFSET " + number(static_cast<std::int64_t>(offset));
  }

 private:
  const char* like_;
  std::string sql_;
  std::vector<SqlValue> parameters_;
};

}  // namespace loccit
