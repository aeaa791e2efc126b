// Captures that other tools made (wget, warcio, Browsertrix, ArchiveWeb.page): a response for
// itself, its redirects found by following Location through the archive, as replay tools do.
#pragma once

#include <optional>
#include <string_view>

#include "archive/capture_reader.h"
#include "archive/index.h"
#include "archive/snapshot.h"
#include "base/result.h"

namespace loccit {

// The snapshot's record is that of the final response; requested_url stays what was asked for.
Result<Snapshot> read_foreign_capture(const CaptureEntry& entry, const RecordLookup& lookup,
                                      const WarcLimits& limits);

// The capture of that URL nearest in time: one crawl's records belong together.
Result<std::optional<CaptureEntry>> nearest_capture(std::string_view url, Timestamp time,
                                                    const RecordLookup& lookup);

}  // namespace loccit
