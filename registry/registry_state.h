// What the parts of Registry share; private to this folder.
#pragma once

#include <algorithm>

#include "registry/registry.h"
#include "registry/sql.h"

namespace loccit {

struct Registry::State {
  Sql sql;
};

// Runs `work` and turns what the database says into a Failure.
template <class Work>
auto as_result(Work work) -> Result<decltype(work())> {
  try {
    return work();
  } catch (const SqlError& error) {
    return tl::unexpected(error.failure);
  }
}

// The same, all of it or nothing.
template <class State, class Work>
auto in_transaction(State& state, Work work) -> Result<decltype(work())> {
  return as_result([&] {
    Sql::Transaction transaction(state.sql);
    auto value = work();
    transaction.commit();
    return value;
  });
}

// In reading.cpp, for leases.cpp.
std::vector<CitationRow> due_of_host(Sql& sql, const std::string& host, Timestamp now,
                                     std::size_t limit);

template <class Row>
auto rows_as(const std::vector<SqlRow>& rows, Row make) {
  std::vector<decltype(make(rows.front()))> out;
  out.reserve(rows.size());
  std::transform(rows.begin(), rows.end(), std::back_inserter(out), make);
  return out;
}

}  // namespace loccit
