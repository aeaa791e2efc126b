// Owners of libarchive objects.
#pragma once

#include <memory>

#include <archive.h>

namespace loccit {

struct ArchiveReadFreed {
  void operator()(struct archive* reader) const { archive_read_free(reader); }
};
using ArchiveReader = std::unique_ptr<struct archive, ArchiveReadFreed>;

}  // namespace loccit
