// The WARC reader over plain, gzip and zstd files, the checking of digests, and the index's scan.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "archive/archive.h"
#include "archive/warc_scan.h"
#include "archive/warc_verify.h"

using namespace loccit;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes bytes(reinterpret_cast<const char*>(data), size);
  const ByteSource source = ByteSource::of(bytes, "archive/w.warc.gz");
  const WarcLimits limits{.max_header = 1U << 16U, .max_block = 1U << 24U, .max_json = 1U << 20U};
  std::uint64_t seen = 0, last = 0;
  const WarcCheck check = verify_warc(
      source,
      [&](const WarcRecord& record) {
        ++seen;
        if (record.offset < last || record.offset >= size) std::abort();
        last = record.offset;
      },
      limits);
  if (check.records != seen || check.whole_records > seen || check.broken.size() > seen)
    std::abort();
  std::uint64_t to = 0, captures = 0;
  const auto scan = scan_warc(
      source, 0,
      [&](const IndexEntries& entries) -> Result<void> {
        if (entries.indexed_to < to || entries.indexed_to > size) std::abort();
        to = entries.indexed_to;
        captures += entries.captures.size();
        return {};
      },
      limits);
  if (scan && scan->whole_to > size) std::abort();
  if (captures == 0) return 0;
  if (const auto archive = Archive::of_files({source})) {
    for (const SnapshotRecord& record : archive->all()) (void)archive->get(record);
  }
  return 0;
}
