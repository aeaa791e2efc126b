// A ZIP file read as evidence must be: every byte accounted for, and one meaning for every reader.
// libarchive's reader takes prepended and appended bytes, duplicate entries, and trusts the local
// header where Python and JavaScript trust the central one; an auditor may not (docs/formats.md,
// "The ZIP file").
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace loccit {

struct ZipEntry {
  std::string name;
  bool deflated = false;  // else stored
  std::uint32_t crc32 = 0;
  std::uint64_t size = 0;    // of the content
  Bytes stored;              // as it lies in the file; valid while the ZIP's bytes are
  std::uint64_t offset = 0;  // of `stored` in the file
  // What no digest covers and no reader needs: versions, times, attributes, extra fields (without
  // ZIP64's). For comparing entries.
  std::string local_trimmings, central_trimmings;
};

struct ZipDirectory {
  std::vector<ZipEntry> entries;  // in the order of the file
  const ZipEntry* find(std::string_view name) const;
};

struct ZipLimits {
  std::size_t max_entries = 65'536;
  std::size_t max_name = 1'024;
  std::uint64_t max_ratio = 1'100;  // deflate itself ends at 1032 (zlib's technical notes)
};

// Reads the headers alone; the failure says what is wrong and at which byte. APPNOTE.TXT 6.3.10 is
// cited by section.
Result<ZipDirectory> read_zip_directory(Bytes zip, const ZipLimits& limits = {});

// The content in chunks, then its size and CRC-32 compared with the headers. The sink may stop it
// with a failure.
using ContentSink = std::function<Result<void>(Bytes chunk)>;
Result<void> read_zip_entry(const ZipEntry& entry, const ContentSink& sink);

// The whole content; too_large where the header says it is past max_bytes.
Result<std::string> zip_entry_content(const ZipEntry& entry, std::size_t max_bytes);

}  // namespace loccit
