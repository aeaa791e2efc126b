#include "registry/sql.h"

#include "registry/sql_connection.h"

namespace loccit {

std::int64_t SqlRow::integer(std::size_t column) const {
  const SqlValue& value = values_.at(column);
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return *integer;
  if (const auto* number = std::get_if<double>(&value)) return static_cast<std::int64_t>(*number);
  if (const auto* text = std::get_if<std::string>(&value)) return std::stoll(*text);
  return 0;
}

double SqlRow::number(std::size_t column) const {
  const SqlValue& value = values_.at(column);
  if (const auto* number = std::get_if<double>(&value)) return *number;
  if (const auto* text = std::get_if<std::string>(&value)) return std::stod(*text);
  return static_cast<double>(integer(column));
}

std::string SqlRow::text(std::size_t column) const {
  const SqlValue& value = values_.at(column);
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return std::to_string(*integer);
  if (const auto* number = std::get_if<double>(&value)) return std::to_string(*number);
  return "";
}

bool SqlRow::is_null(std::size_t column) const {
  return std::holds_alternative<std::monostate>(values_.at(column));
}

Sql::Sql(std::unique_ptr<SqlConnection> connection) : connection_(std::move(connection)) {}
Sql::~Sql() = default;
Sql::Sql(Sql&&) noexcept = default;
Sql& Sql::operator=(Sql&&) noexcept = default;

Sql Sql::open(const std::string& where) {
  const bool postgresql = where.starts_with("postgresql://") || where.starts_with("postgres://");
  return Sql(postgresql ? open_postgresql(where) : open_sqlite(where));
}

bool Sql::is_postgresql() const { return connection_->is_postgresql(); }

std::vector<SqlRow> Sql::query(std::string_view sql, const std::vector<SqlValue>& parameters) {
  return connection_->query(sql, parameters);
}

void Sql::run(std::string_view sql, const std::vector<SqlValue>& parameters) {
  query(sql, parameters);
}

Sql::Transaction::Transaction(Sql& sql) : sql_(sql) {
  // IMMEDIATE: the writer's lock is taken now, not in mid-transaction where waiting for it would be
  // a deadlock.
  sql_.run(sql_.is_postgresql() ? "BEGIN" : "BEGIN IMMEDIATE");
}

Sql::Transaction::~Transaction() {
  if (!open_) return;
  try {
    sql_.run("ROLLBACK");
  } catch (const SqlError&) {  // the connection is gone, and the transaction with it
  }
}

void Sql::Transaction::commit() {
  sql_.run("COMMIT");
  open_ = false;
}

}  // namespace loccit
