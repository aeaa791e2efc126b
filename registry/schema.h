// The registry's tables and the numbered steps that lead to them.
#pragma once

#include "registry/sql.h"

namespace loccit {

// Brings a registry of any earlier version (or an empty one) up to the newest, each step in a
// transaction of its own; refuses one that a newer loccit wrote. Returns how many steps it took.
int migrate(Sql& sql);
int migrate(Sql& sql, int up_to);  // not past that version, for tests of the steps

// The newest version.
int schema_version();

}  // namespace loccit
