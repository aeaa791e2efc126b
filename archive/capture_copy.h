// Captures taken out of an archive as they lie there: the same gzip members, byte for byte, with
// everything that reading them needs, so that the copy stands alone.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>

#include "archive/capture_reader.h"
#include "archive/index.h"
#include "archive/warc_limits.h"
#include "base/result.h"
#include "base/spool.h"

namespace loccit {

// Two kinds of file, since each WARC file of ours says once how its captures are laid out
// (warc_format.h). No warcinfo yet.
struct CapturedRecords {
  Spool ours{1U << 20U};
  Spool others{1U << 20U};  // what was imported from other tools
};

struct CopyOptions {
  std::uint64_t max_text_member =
      4U << 10U;  // a page's text is copied where its member is no larger: it can be made again
  WarcLimits limits;
  bool places_only = false;  // copies nothing: members() says what it would
};

class CaptureCopier {
 public:
  using TextLookup = std::function<Result<std::optional<Place>>(const std::string& snapshot_id)>;
  // All must outlive the copier.
  CaptureCopier(const RecordLookup& lookup, const TextLookup& text_of, const CopyOptions& options,
                CapturedRecords& out)
      : lookup_(lookup), text_of_(text_of), options_(options), out_(out) {}

  // What was copied before is not copied again.
  Result<void> copy(const CaptureEntry& entry);

  // Members that stand alone, beside the captures: originals of revisits, and certificate chains.
  const std::set<std::pair<std::string, std::uint64_t>>& members() const { return copied_; }

 private:
  Result<void> copy_ours(const CaptureEntry& entry);
  Result<void> copy_foreign(const CaptureEntry& entry);
  Result<void> copy_dependencies(const CaptureEntry& entry, std::uint64_t end);
  Result<void> copy_original(const WarcRecord& revisit, Spool& out);
  Result<void> copy_text(const CaptureEntry& entry);
  Result<void> copy_member(const Place& place, Spool& out);
  Result<void> copy_bytes(const ByteSource& source, std::uint64_t from, std::uint64_t to,
                          Spool& out) const;

  const RecordLookup& lookup_;
  const TextLookup& text_of_;
  const CopyOptions& options_;
  CapturedRecords& out_;
  std::set<std::pair<std::string, std::uint64_t>>
      copied_;  // members and captures, by where they lie
};

}  // namespace loccit
