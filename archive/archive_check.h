// All of an archive read, and every digest in it checked.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "archive/archive.h"

namespace loccit {

struct ArchiveCheck {
  std::uint64_t files = 0, records = 0, digests = 0, snapshots = 0;
  std::vector<std::string> faults;   // what is damaged, and where; bounded
  std::vector<std::string> remarks;  // oddities of other tools; bounded
};

}  // namespace loccit
