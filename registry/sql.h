// One SQL dialect for SQLite and PostgreSQL: what both read the same way, with $1, $2, … in order
// of first use.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"

namespace loccit {

using SqlValue = std::variant<std::monostate, std::int64_t, double, std::string>;

class SqlConnection;

class SqlRow {
 public:
  explicit SqlRow(std::vector<SqlValue> values) : values_(std::move(values)) {}
  std::int64_t integer(std::size_t column) const;  // NULL is 0
  double number(std::size_t column) const;
  std::string text(std::size_t column) const;  // NULL is ""
  bool is_null(std::size_t column) const;

 private:
  std::vector<SqlValue> values_;
};

// Thrown by Sql; doors of this room turn it into a Failure.
struct SqlError {
  Failure failure;
};

class Sql {
 public:
  // "postgresql://user@host/db?…" or a path of an SQLite file (made where it is missing).
  static Sql open(const std::string& where);
  ~Sql();
  Sql(Sql&&) noexcept;
  Sql& operator=(Sql&&) noexcept;

  bool is_postgresql() const;
  std::vector<SqlRow> query(std::string_view sql, const std::vector<SqlValue>& parameters = {});
  void run(std::string_view sql, const std::vector<SqlValue>& parameters = {});

  // All or nothing: rolls back on destruction unless commit() was reached.
  class Transaction {
   public:
    explicit Transaction(Sql& sql);  // sql must outlive this
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

   private:
    Sql& sql_;
    bool open_ = true;
  };

 private:
  explicit Sql(std::unique_ptr<SqlConnection> connection);
  std::unique_ptr<SqlConnection> connection_;
};

}  // namespace loccit
