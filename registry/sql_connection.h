// What Sql needs of a database; private to this folder. Two there are: SQLite and PostgreSQL.
#pragma once

#include <memory>

#include "registry/sql.h"

namespace loccit {

class SqlConnection {
 public:
  virtual ~SqlConnection() = default;
  virtual bool is_postgresql() const = 0;
  virtual std::vector<SqlRow> query(std::string_view sql,
                                    const std::vector<SqlValue>& parameters) = 0;
};

std::unique_ptr<SqlConnection> open_sqlite(const std::string& path);
std::unique_ptr<SqlConnection> open_postgresql(const std::string& url);

}  // namespace loccit
