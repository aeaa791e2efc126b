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

// The same, all of it or nothing. Where two transactions want the same rows in another order, the
// database lets one of them through; the other tries again, so `work` may run more than once.
template <class State, class Work>
auto in_transaction(State& state, Work work) -> Result<decltype(work())> {
  for (int attempt = 0;; ++attempt) {
    auto done = as_result([&] {
      Sql::Transaction transaction(state.sql);
      auto value = work();
      transaction.commit();
      return value;
    });
    if (done || done.error().kind != FailureKind::conflict || attempt == 10) return done;
  }
}

// So many citations more of that verdict, "" where there is none yet.
void add(Summary& sum, std::string_view verdict, std::int64_t times);

// In reading.cpp, for leases.cpp: the longest overdue of each host.
std::vector<std::vector<CitationRow>> due_of_hosts(Sql& sql, const std::vector<std::string>& hosts,
                                                   Timestamp now, std::size_t limit);

template <class Row>
auto rows_as(const std::vector<SqlRow>& rows, Row make) {
  std::vector<decltype(make(rows.front()))> out;
  out.reserve(rows.size());
  std::transform(rows.begin(), rows.end(), std::back_inserter(out), make);
  return out;
}

}  // namespace loccit
