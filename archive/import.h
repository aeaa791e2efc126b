// Other tools' WARC files taken into an archive (wget, warcio, Browsertrix, ArchiveWeb.page), so
// that documents can be judged against what they fetched.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "archive/archive.h"
#include "base/byte_source.h"

namespace loccit {

struct ImportedFile {
  std::string warc;                   // where it lies in the archive now
  bool known = false;                 // the same bytes were imported before; nothing was done
  std::uint64_t records = 0;          // taken
  std::uint64_t snapshots = 0;        // that they gave
  std::vector<std::string> messages;  // what was left out, and why
};

}  // namespace loccit
