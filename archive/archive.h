// The archive: a folder of WARC 1.1 files, one gzip member a record, and an index to find a
// snapshot by URL and time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "archive/snapshot.h"
#include "base/byte_source.h"
#include "base/result.h"
#include "base/uuid.h"

namespace loccit {

struct CapturedRecords;  // capture_copy.h
class RemoteStore;       // remote_store.h
struct ImportedFile;     // import.h
struct ArchiveCheck;     // archive_check.h

struct Validators {
  std::string etag, last_modified;  // one of them may be empty
  std::string url;                  // that gave them
};

enum class ArchiveMode { read, write };  // one writer at a time; readers need no lock

struct ArchiveOptions {
  std::uint64_t roll_over_bytes = 1U << 30U;
  bool rebuild_index = false;  // from the WARC files alone
  std::string software = "loccit/" LOCCIT_VERSION;
  Clock clock = system_clock();
  IdSource ids = random_ids();
  std::shared_ptr<RemoteStore> remote;  // where whole files go; the folder is then but a spool
};

class Archive {
 public:
  // `write` makes the folder where it is missing, takes the lock, cuts a torn tail into a side
  // file, and mends the index.
  static Result<Archive> open(const std::filesystem::path& folder, ArchiveMode mode,
                              ArchiveOptions options = {});
  // Read-only, over files that lie elsewhere (in a bundle): indexed in memory, every record read.
  // What was damaged or torn is in messages(). Snapshots name their file as the source is named.
  static Result<Archive> of_files(std::vector<ByteSource> files, ArchiveOptions options = {});
  ~Archive();
  Archive(Archive&&) noexcept;
  Archive& operator=(Archive&&) noexcept;

  // Once this returns, the snapshot survives kill -9. A failed fetch is a snapshot too.
  Result<SnapshotRecord> put(const Exchange& exchange);
  // The text that verdicts are made on, as a conversion record of that snapshot, so that offsets
  // can be checked.
  Result<void> put_text(const SnapshotRecord& snapshot, std::string_view text);
  Result<std::optional<std::string>> text_of(
      const SnapshotRecord& snapshot) const;  // the last one put
  // A WARC file of any tool, plain, gzip or zstd, taken in whole or not at all.
  Result<ImportedFile> import(const ByteSource& source);
  Result<void> sync();  // fsync: from here on it survives a power cut too

  // Takes out captures that `removable` names, with what no other capture needs of them; the rest
  // stays byte for byte, in files of the same names. What other tools made stays. `look` only says
  // what would go. Not for an archive in a remote store, nor while another
  // call goes on.
  enum class Prune { look, remove };
  struct Pruned {
    std::vector<SnapshotRecord> snapshots;  // oldest first
    std::size_t needed = 0;                 // named, but others refer to them: they stay
    std::uint64_t bytes = 0;
  };
  Result<Pruned> prune(const std::function<bool(const SnapshotRecord&)>& removable, Prune how);

  // Moves every file into the remote store, if there is one; what could not be moved stays in the
  // folder, and the next call takes it up. Not to be called twice at once.
  Result<void> publish();

  Result<Snapshot> get(const SnapshotRecord& record) const;
  std::optional<SnapshotRecord> find(std::string_view id) const;
  std::vector<SnapshotRecord> snapshots_of(std::string_view url) const;  // as cited, oldest first
  std::vector<SnapshotRecord> all() const;

  // What to ask the server with whether that snapshot's page still stands (RFC 9110 §13.1); nullopt
  // where a "304 Not Modified" could not be led back to its payload.
  std::optional<Validators> validators_of(const SnapshotRecord& snapshot) const;
  // Reads everything; `reading` is told the file it goes on to, and may be empty.
  Result<ArchiveCheck> check(
      const std::function<void(const std::string& warc)>& reading = {}) const;

  // The records of these snapshots, and all that reading them needs, as they lie here.
  Result<CapturedRecords> copy(std::span<const SnapshotRecord> snapshots) const;

  const std::filesystem::path& folder() const;
  const std::vector<std::string>& messages() const;  // what opening had to mend, in words

 private:
  struct State;
  explicit Archive(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace loccit
