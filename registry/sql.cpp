#include "registry/sql.h"

#include <mutex>

#include <Poco/Data/PostgreSQL/Connector.h>
#include <Poco/Data/RecordSet.h>
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/SQLite/SQLiteException.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Nullable.h>
#include <Poco/URI.h>

namespace loccit {
namespace {

namespace data = Poco::Data;

FailureKind kind_of(const std::exception& error) {
  using namespace data::SQLite;
  if (dynamic_cast<const DBLockedException*>(&error) != nullptr) return FailureKind::refused;
  if (dynamic_cast<const TableLockedException*>(&error) != nullptr) return FailureKind::refused;
  if (dynamic_cast<const DatabaseFullException*>(&error) != nullptr) return FailureKind::full;
  if (dynamic_cast<const CorruptImageException*>(&error) != nullptr) return FailureKind::malformed;
  if (dynamic_cast<const ReadOnlyException*>(&error) != nullptr) return FailureKind::refused;
  return FailureKind::io;
}

// Every call into Poco goes through here, so that one kind of exception leaves.
template <class Work>
auto guarded(std::string_view what, Work work) {
  try {
    return work();
  } catch (const Poco::Exception& error) {
    throw SqlError{
        {kind_of(error), "the registry: " + std::string(what) + ": " + error.displayText()}};
  }
}

// Poco tries again for a minute by default, also where the folder does not exist.
constexpr std::size_t open_timeout_seconds = 2;

void register_connectors() {
  static std::once_flag once;
  std::call_once(once, [] {
    data::SQLite::Connector::registerConnector();
    data::PostgreSQL::Connector::registerConnector();
  });
}

// libpq reads "host=… dbname=…"; Poco's connector hands its string on to it after a parse of its
// own.
std::string postgresql_options(const std::string& url) {
  const Poco::URI uri(url);
  std::string options;
  const auto add = [&](const char* key, const std::string& value) {
    if (!value.empty()) options += std::string(options.empty() ? "" : " ") + key + "=" + value;
  };
  std::string host = uri.getHost();
  std::string user = uri.getUserInfo();
  std::string password;
  if (const auto colon = user.find(':'); colon != std::string::npos) {
    password = user.substr(colon + 1);
    user.resize(colon);
  }
  for (const auto& [key, value] : uri.getQueryParameters()) {
    if (key == "host") host = value;
  }
  add("host", host);
  add("port", uri.getPort() != 0 ? std::to_string(uri.getPort()) : "");
  add("user", user);
  add("password", password);
  add("dbname", uri.getPath().empty() ? "" : uri.getPath().substr(1));
  return options;
}

SqlValue value_at(const data::RecordSet& set, std::size_t column, std::size_t row) {
  const Poco::Dynamic::Var value = set.value(column, row);
  if (value.isEmpty()) return std::monostate();
  if (value.isString()) return value.extract<std::string>();
  if (value.isInteger() || value.isBoolean()) return std::int64_t{value.convert<Poco::Int64>()};
  if (value.isNumeric()) return value.convert<double>();
  return value.convert<std::string>();
}

void bind(data::Statement& statement, const SqlValue& value) {
  using namespace data::Keywords;
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    statement, data::Keywords::bind(Poco::Int64{*integer});
  } else if (const auto* number = std::get_if<double>(&value)) {
    statement, data::Keywords::bind(*number);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    statement, data::Keywords::bind(*text);
  } else {
    statement, data::Keywords::bind(Poco::Nullable<std::string>());
  }
}

}  // namespace

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

struct Sql::State {
  data::Session session;
  bool postgresql = false;
};

Sql::Sql(std::unique_ptr<State> state) : state_(std::move(state)) {}
Sql::~Sql() = default;
Sql::Sql(Sql&&) noexcept = default;
Sql& Sql::operator=(Sql&&) noexcept = default;

Sql Sql::open(const std::string& where) {
  register_connectors();
  const bool postgresql = where.starts_with("postgresql://") || where.starts_with("postgres://");
  Sql sql = guarded("cannot open " + where, [&] {
    data::Session session =
        postgresql ? data::Session("postgresql", postgresql_options(where), open_timeout_seconds)
                   : data::Session("SQLite", where, open_timeout_seconds);
    return Sql(std::make_unique<State>(State{std::move(session), postgresql}));
  });
  if (!postgresql) {
    // WAL: readers do not wait for the writer. FULL: what was reported as recorded survives a power
    // cut.
    for (const char* pragma : {"PRAGMA busy_timeout = 10000", "PRAGMA journal_mode = WAL",
                               "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON"}) {
      sql.query(pragma);
    }
  }
  return sql;
}

bool Sql::is_postgresql() const { return state_->postgresql; }

std::vector<SqlRow> Sql::query(std::string_view sql, const std::vector<SqlValue>& parameters) {
  return guarded(sql.substr(0, 60), [&] {
    data::Statement statement(state_->session);
    statement << std::string(sql);
    for (const SqlValue& value : parameters) bind(statement, value);
    statement.execute();
    std::vector<SqlRow> rows;
    if (statement.columnsExtracted() == 0) return rows;
    const data::RecordSet set(statement);
    for (std::size_t row = 0; row < set.rowCount(); ++row) {
      std::vector<SqlValue> values;
      for (std::size_t column = 0; column < set.columnCount(); ++column)
        values.push_back(value_at(set, column, row));
      rows.emplace_back(std::move(values));
    }
    return rows;
  });
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
