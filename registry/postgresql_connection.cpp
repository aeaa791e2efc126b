// PostgreSQL through libpq: each statement is prepared once, and a connection that was lost is made
// anew for the next statement outside of a transaction.
#include <charconv>
#include <unordered_map>

#include <libpq-fe.h>

#include "base/text.h"
#include "base/utf8.h"
#include "registry/sql_connection.h"

namespace loccit {
namespace {

struct ConnectionCloser {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct ResultClearer {
  void operator()(PGresult* result) const { PQclear(result); }
};
using ConnectionHandle = std::unique_ptr<PGconn, ConnectionCloser>;
using ResultHandle = std::unique_ptr<PGresult, ResultClearer>;

// pg_type.dat of PostgreSQL; these never change.
constexpr Oid bool_type = 16, int8_type = 20, int2_type = 21, int4_type = 23, float4_type = 700,
              float8_type = 701, numeric_type = 1700;

std::string in_one_line(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  for (char& c : text)
    if (c == '\n') c = ' ';
  return text;
}

// PostgreSQL 15 documentation, appendix A. io is what may pass: the server went away or is full of
// work; whoever has something to store tries again.
FailureKind kind_of(std::string_view sqlstate) {
  if (sqlstate == "53100") return FailureKind::full;
  if (sqlstate.starts_with("22") || sqlstate.starts_with("23")) return FailureKind::malformed;
  if (sqlstate == "42501" || sqlstate.starts_with("28")) return FailureKind::refused;
  if (sqlstate == "40001" || sqlstate == "40P01") return FailureKind::conflict;
  return FailureKind::io;
}

// PostgreSQL takes neither what is no UTF-8 nor a NUL, which SQLite does.
std::string storable(const std::string& text) {
  std::string out = is_valid_utf8(text) ? text : repair_utf8(text);
  for (std::size_t nul = out.find('\0'); nul != std::string::npos; nul = out.find('\0', nul))
    out.replace(nul, 1, replacement_character);
  return out;
}

std::string as_text(const SqlValue& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return std::to_string(*integer);
  if (const auto* text = std::get_if<std::string>(&value)) return storable(*text);
  char digits[32];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, std::get<double>(value));
  return {digits, end};
}

SqlValue value_at(const PGresult* result, int row, int column) {
  if (PQgetisnull(result, row, column) != 0) return std::monostate();
  const std::string text = PQgetvalue(result, row, column);
  switch (PQftype(result, column)) {
    case bool_type:
      return std::int64_t{text == "t"};
    case int2_type:
    case int4_type:
    case int8_type:
      return std::int64_t{std::stoll(text)};
    case float4_type:
    case float8_type:
    case numeric_type:
      return std::stod(text);
    default:
      return text;
  }
}

class PostgresqlConnection : public SqlConnection {
 public:
  explicit PostgresqlConnection(const std::string& url) {
    // The URL is the first of them and may say otherwise.
    // A network that was cut is noticed within half a minute, also in mid-statement.
    const char* const keys[] = {"connect_timeout",
                                "client_encoding",
                                "application_name",
                                "keepalives_idle",
                                "keepalives_interval",
                                "keepalives_count",
                                "tcp_user_timeout",
                                "dbname",
                                nullptr};
    const char* const values[] = {"5", "UTF8",  "loccit",    "15",   "5",
                                  "3", "20000", url.c_str(), nullptr};
    connection_.reset(PQconnectdbParams(keys, values, 1));
    if (!connection_) throw std::bad_alloc();
    expect_connected("cannot be opened");
    PQsetNoticeProcessor(
        connection_.get(), [](void*, const char*) {}, nullptr);
  }

  bool is_postgresql() const override { return true; }

  std::vector<SqlRow> query(std::string_view sql,
                            const std::vector<SqlValue>& parameters) override {
    const std::string& name = prepared(std::string(sql));
    std::vector<std::string> texts;
    texts.reserve(parameters.size());  // the pointers below must stay good
    std::vector<const char*> pointers;
    for (const SqlValue& value : parameters) {
      const bool is_null = std::holds_alternative<std::monostate>(value);
      texts.push_back(is_null ? std::string() : as_text(value));
      pointers.push_back(is_null ? nullptr : texts.back().c_str());
    }
    const ResultHandle result(PQexecPrepared(connection_.get(), name.c_str(),
                                             static_cast<int>(pointers.size()), pointers.data(),
                                             nullptr, nullptr, 0));
    expect_good(result.get(), sql);
    std::vector<SqlRow> rows;
    rows.reserve(static_cast<std::size_t>(PQntuples(result.get())));
    for (int row = 0; row < PQntuples(result.get()); ++row) {
      std::vector<SqlValue> values;
      for (int column = 0; column < PQnfields(result.get()); ++column)
        values.push_back(value_at(result.get(), row, column));
      rows.emplace_back(std::move(values));
    }
    return rows;
  }

 private:
  const std::string& prepared(const std::string& sql) {
    if (PQstatus(connection_.get()) != CONNECTION_OK) {
      // A transaction that was open is gone with its connection; whoever was in it has been told.
      names_.clear();
      PQreset(connection_.get());
      expect_connected("is out of reach");
    }
    const auto known = names_.find(sql);
    if (known != names_.end()) return known->second;
    const std::string name = "s" + std::to_string(++count_);
    const ResultHandle result(PQprepare(connection_.get(), name.c_str(), sql.c_str(), 0, nullptr));
    expect_good(result.get(), sql);
    return names_.emplace(sql, name).first->second;
  }

  void expect_connected(const std::string& what) const {
    if (PQstatus(connection_.get()) == CONNECTION_OK) return;
    throw SqlError{{FailureKind::io, "the registry " + what + ": " +
                                         in_one_line(PQerrorMessage(connection_.get()))}};
  }

  void expect_good(const PGresult* result, std::string_view sql) const {
    const ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) return;
    const char* sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    throw SqlError{{kind_of(sqlstate == nullptr ? "" : sqlstate),
                    "the registry: " + std::string(sql.substr(0, 60)) + ": " +
                        in_one_line(PQerrorMessage(connection_.get()))}};
  }

  ConnectionHandle connection_;
  std::unordered_map<std::string, std::string> names_;  // of prepared statements, by their text
  int count_ = 0;
};

}  // namespace

std::unique_ptr<SqlConnection> open_postgresql(const std::string& url) {
  return std::make_unique<PostgresqlConnection>(url);
}

}  // namespace loccit
