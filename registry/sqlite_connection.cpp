// SQLite through Poco::Data, whose headers cost 2.8 s of compile time: they stay here.
#include <charconv>
#include <mutex>

#include <Poco/Data/RecordSet.h>
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/SQLite/SQLiteException.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Nullable.h>

#include "registry/sql_connection.h"

namespace loccit {
namespace {

namespace data = Poco::Data;

// Poco tries again for a minute by default, also where the folder does not exist.
constexpr std::size_t open_timeout_seconds = 2;

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

// SQLite looks each "$7" up in a list of all names that the statement has: a statement for many
// rows takes quadratic time. Where the parameters come in order, each once, "?" says the same.
std::string without_numbers(std::string_view sql) {
  std::string out;
  std::size_t parameters = 0;
  bool in_text = false;
  for (std::size_t at = 0; at < sql.size(); ++at) {
    if (sql[at] == '\'') in_text = !in_text;
    if (in_text || sql[at] != '$') {
      out += sql[at];
      continue;
    }
    std::size_t number = 0;
    const char* const end = sql.data() + sql.size();
    const auto read = std::from_chars(sql.data() + at + 1, end, number);
    if (read.ec != std::errc() || number != ++parameters) return std::string(sql);
    out += '?';
    at = static_cast<std::size_t>(read.ptr - sql.data()) - 1;
  }
  return out;
}

class SqliteConnection : public SqlConnection {
 public:
  explicit SqliteConnection(data::Session session) : session_(std::move(session)) {
    // WAL: readers do not wait for the writer. FULL: what was reported as recorded survives a power
    // cut.
    for (const char* pragma : {"PRAGMA busy_timeout = 10000", "PRAGMA journal_mode = WAL",
                               "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON"}) {
      query(pragma, {});
    }
  }

  bool is_postgresql() const override { return false; }

  std::vector<SqlRow> query(std::string_view sql,
                            const std::vector<SqlValue>& parameters) override {
    return guarded(sql.substr(0, 60), [&] {
      data::Statement statement(session_);
      statement << without_numbers(sql);
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

 private:
  data::Session session_;
};

}  // namespace

std::unique_ptr<SqlConnection> open_sqlite(const std::string& path) {
  static std::once_flag once;
  std::call_once(once, [] { data::SQLite::Connector::registerConnector(); });
  return guarded("cannot open " + path, [&] {
    return std::make_unique<SqliteConnection>(data::Session("SQLite", path, open_timeout_seconds));
  });
}

}  // namespace loccit
