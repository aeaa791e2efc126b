#include "archive/archive_check.h"

#include "archive/archive_state.h"
#include "archive/warc_verify.h"

namespace loccit {
namespace {

constexpr std::size_t most_words = 200;

void take(std::vector<std::string>& from, std::vector<std::string>& into) {
  for (std::string& words : from) {
    if (into.size() < most_words) into.push_back(std::move(words));
  }
}

}  // namespace

// First each record against its own digests, then each snapshot as a reader gets it: a revisit may
// be whole and what it refers to be gone.
Result<ArchiveCheck> Archive::check(
    const std::function<void(const std::string& warc)>& reading) const {
  ArchiveCheck out;
  const auto files = state_->files();
  if (!files) return tl::unexpected(files.error());
  for (const StoredFile& file : *files) {
    if (reading) reading(file.warc);
    const auto source = state_->open_file(file.warc);
    if (!source) return tl::unexpected(source.error());
    WarcCheck check = verify_warc(*source, {}, state_->limits);
    ++out.files;
    out.records += check.records;
    out.digests += check.digests;
    take(check.faults, out.faults);
    take(check.remarks, out.remarks);
  }
  for (const SnapshotRecord& record : all()) {
    ++out.snapshots;
    std::vector<std::string> faults;
    const auto snapshot = get(record);
    if (!snapshot) {
      faults.push_back("the snapshot " + record.id + " of " + record.requested_url +
                       " cannot be read: " + snapshot.error().message);
    } else if (snapshot->record.id == record.id &&  // else it was led on by a redirect
               snapshot->record.sha256 != record.sha256 && !record.sha256.empty()) {
      faults.push_back("the snapshot " + record.id + " of " + record.requested_url +
                       " is not the payload that the index names");
    }
    take(faults, out.faults);
  }
  return out;
}

}  // namespace loccit
