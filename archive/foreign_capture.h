// Captures that other tools made (wget, warcio, Browsertrix, ArchiveWeb.page): a response for
// itself, its redirects found by following Location through the archive, as replay tools do.
#pragma once

#include "archive/capture_reader.h"
#include "archive/index.h"
#include "archive/snapshot.h"
#include "base/result.h"

namespace loccit {

// The snapshot's record is that of the final response; requested_url stays what was asked for.
Result<Snapshot> read_foreign_capture(const CaptureEntry& entry, const RecordLookup& lookup,
                                      const WarcLimits& limits);

}  // namespace loccit
