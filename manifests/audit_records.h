// Do the records hold what they say of themselves, and does the index speak of them?
#pragma once

#include "base/byte_source.h"
#include "manifests/audit_line.h"
#include "manifests/bundle_reader.h"

namespace loccit {

// `file` is the bundle's own bytes: records are read from it in pieces, so memory does not grow
// with them.
AuditLine check_records(const Bundle& bundle, const ByteSource& file);

// The WARC files of a bundle as sources of their own, named by their path in it. A compressed entry
// is unpacked into `room`, which must outlive the sources; too_large where it would not fit
// `max_unpacked`.
Result<std::vector<ByteSource>> warc_files(const Bundle& bundle, const ByteSource& file,
                                           std::vector<std::string>& room,
                                           std::size_t max_unpacked = 256U << 20U);

}  // namespace loccit
