// What the parts of Registry share; private to this folder.
#pragma once

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

}  // namespace loccit
