// Captures taken out of an archive for good. The other records are not touched: a file is written
// anew without the stretches that go, and takes the old one's place in one step. Killed in between,
// the index no longer fits that file, and the next opening reads it again.
#include <algorithm>
#include <map>
#include <utility>

#include "archive/archive_state.h"
#include "archive/capture_copy.h"

namespace loccit {
namespace {

using Stretch = LocalStore::Stretch;

Result<std::uint64_t> end_of_record_at(const RecordLookup& lookup, const Place& place,
                                       const WarcLimits& limits) {
  const auto source = lookup.open(place.warc);
  if (!source) return tl::unexpected(source.error());
  auto reader = WarcReader::open(*source, place.offset, limits);
  if (!reader) return tl::unexpected(reader.error());
  const auto record = reader->next();
  if (!record) return tl::unexpected(record.error());
  return reader->end_of_record();
}

struct Going {
  CaptureEntry entry;
  std::uint64_t end = 0;
};

}  // namespace

Result<Archive::Pruned> Archive::prune(const std::function<bool(const SnapshotRecord&)>& removable,
                                       Prune how) {
  State& s = *state_;
  if (s.options.remote)
    return fail(FailureKind::unsupported, "what lies in an S3 store is not pruned");
  const auto captures = s.index.all_captures();
  if (!captures) return tl::unexpected(captures.error());
  const RecordLookup lookup = s.lookup();
  CapturedRecords none;
  CopyOptions options;
  options.places_only = true;
  const CaptureCopier::TextLookup no_text = [](const std::string&) -> Result<std::optional<Place>> {
    return std::optional<Place>();
  };
  CaptureCopier needed(lookup, no_text, options, none);
  std::vector<CaptureEntry> to_go;
  for (const CaptureEntry& entry : *captures) {
    if (entry.metadata && removable(entry.record)) {
      to_go.push_back(entry);
    } else if (auto noted = needed.copy(entry); !noted) {
      return tl::unexpected(noted.error());
    }
  }

  // One that stays for another's sake needs its own originals too: until nothing more is needed.
  Pruned pruned;
  std::vector<Going> going;
  for (bool more = true; more;) {
    more = false;
    going.clear();
    for (CaptureEntry& entry : std::exchange(to_go, {})) {
      const auto end = end_of_record_at(lookup, {entry.record.warc, *entry.metadata}, s.limits);
      if (!end) return tl::unexpected(end.error());
      const auto inside = needed.members().lower_bound({entry.record.warc, entry.first});
      if (inside == needed.members().end() || inside->first != entry.record.warc ||
          inside->second >= *end) {
        going.push_back({entry, *end});
        to_go.push_back(std::move(entry));
        continue;
      }
      if (auto noted = needed.copy(entry); !noted) return tl::unexpected(noted.error());
      ++pruned.needed;
      more = true;
    }
  }

  std::map<std::string, std::vector<Stretch>> cuts;
  for (const Going& one : going) {
    cuts[one.entry.record.warc].push_back({one.entry.first, one.end});
    const auto text = s.index.text_of(one.entry.record.id);
    if (!text) return tl::unexpected(text.error());
    if (*text) {
      const auto text_end = end_of_record_at(lookup, **text, s.limits);
      if (!text_end) return tl::unexpected(text_end.error());
      cuts[(*text)->warc].push_back({(*text)->offset, *text_end});
    }
    pruned.snapshots.push_back(one.entry.record);
  }
  for (auto& [warc, stretches] : cuts) {
    std::sort(stretches.begin(), stretches.end(),
              [](const Stretch& a, const Stretch& b) { return a.from < b.from; });
    for (const Stretch& stretch : stretches) pruned.bytes += stretch.until - stretch.from;
    if (how == Prune::look) continue;
    if (auto cut = s.store->cut_out(warc, stretches); !cut) return tl::unexpected(cut.error());
    if (auto forgotten = s.index.forget(warc); !forgotten) return tl::unexpected(forgotten.error());
    const auto files = s.files();
    if (!files) return tl::unexpected(files.error());
    for (const StoredFile& file : *files) {
      if (file.warc != warc) continue;
      const auto read = s.index_tail(file, 0);
      if (!read) return tl::unexpected(read.error());
      if (warc == s.current) s.current_size = file.size;
    }
  }
  return pruned;
}

}  // namespace loccit
