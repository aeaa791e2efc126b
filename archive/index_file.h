// What the index holds of one WARC file, as a file of its own: it lies beside the WARC file in a
// store, so that a reader need not read the whole of that to know where each snapshot is. A cache
// like the index: without it, or where it does not fit, the WARC file is read.
// gzip of JSON lines: first {"schema": "loccit.warc-index/1", "warc", "bytes"}, then an array for
// each entry that begins with "capture", "original", "chain" or "text".
#pragma once

#include <string>
#include <string_view>

#include "archive/index.h"

namespace loccit {

// "index/….jsonl.gz" for "archive/….warc.gz".
std::string index_file_name(std::string_view warc);

// "" where an entry cannot be told in JSON (a URL that is not UTF-8).
std::string to_index_file(std::string_view warc, const IndexEntries& entries);

// Fails with malformed where it is none, or not that of `warc` with all its `bytes`.
Result<IndexEntries> from_index_file(Bytes file, std::string_view warc, std::uint64_t bytes);

}  // namespace loccit
