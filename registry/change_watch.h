// Whether anything was written to the registry, without reading it again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "registry/sql.h"

namespace loccit {

// A connection of its own, which writes nothing.
class ChangeWatch {
 public:
  // `where` as for Registry::open(), which has been there before. nullopt where the database
  // cannot tell: PostgreSQL.
  static Result<std::optional<ChangeWatch>> open(const std::string& where);

  // Another number whenever anybody committed since the last call; to be compared only with those
  // of this same watch.
  Result<std::int64_t> mark();

 private:
  explicit ChangeWatch(Sql sql) : sql_(std::move(sql)) {}
  Sql sql_;
};

}  // namespace loccit
