#include "registry/change_watch.h"

#include "registry/registry_state.h"

namespace loccit {

Result<std::optional<ChangeWatch>> ChangeWatch::open(const std::string& where) {
  return as_result([&]() -> std::optional<ChangeWatch> {
    Sql sql = Sql::open(where);
    if (sql.is_postgresql()) return std::nullopt;
    return ChangeWatch(std::move(sql));
  });
}

Result<std::int64_t> ChangeWatch::mark() {
  return as_result([&] { return sql_.query("PRAGMA data_version").at(0).integer(0); });
}

}  // namespace loccit
