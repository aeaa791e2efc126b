// Where each snapshot lies: found by URL, by record id, by place, without reading a WARC file. A
// cache in SQLite: whatever it holds can be made again from the WARC files, and is where it does
// not match them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/snapshot.h"
#include "base/result.h"

namespace loccit {

struct Place {
  std::string warc;
  std::uint64_t offset = 0;
};

struct CaptureEntry {
  SnapshotRecord record;
  std::uint64_t first = 0;                // where its first record lies, in the same file
  std::optional<std::uint64_t> metadata;  // where its metadata record lies; none in others' files
};

// A full response, that a revisit may refer to.
struct OriginalEntry {
  std::string target_uri;  // as in the record
  Timestamp date;
  std::string digest;  // WARC-Payload-Digest, as labelled there
  std::string id;
  Place place;
};

struct ChainEntry {
  std::string sha256;
  std::uint64_t offset = 0;
};

struct TextEntry {
  std::string snapshot_id;
  std::uint64_t offset = 0;
};

// What one stretch of one WARC file holds. Places in it need no file name.
struct IndexEntries {
  std::vector<CaptureEntry> captures;
  std::vector<OriginalEntry> originals;
  std::vector<ChainEntry> chains;
  std::vector<TextEntry> texts;
  std::uint64_t indexed_to = 0;  // the byte after the stretch
};

struct IndexedFile {
  std::string warc;
  std::uint64_t indexed_to = 0;
};

// Not for two threads at once.
class Index {
 public:
  // Makes it where it is missing or is none of ours (`made_anew` says so).
  static Result<Index> open_for_writing(const std::filesystem::path& path, bool& made_anew);
  static Result<Index> open_for_reading(const std::filesystem::path& path);
  static Result<Index> in_memory();
  Result<Index> copy_in_memory() const;
  ~Index();
  Index(Index&&) noexcept;
  Index& operator=(Index&&) noexcept;

  // All of it or nothing.
  Result<void> add(std::string_view warc, const IndexEntries& entries);
  Result<void> forget(std::string_view warc);

  Result<std::vector<IndexedFile>> files();
  Result<IndexEntries> entries_of(std::string_view warc);  // all of that file, by place
  Result<std::vector<CaptureEntry>> captures_of(std::string_view url);  // oldest first
  Result<std::vector<CaptureEntry>> all_captures();                     // oldest first
  Result<std::optional<CaptureEntry>> capture_with(std::string_view id);
  Result<std::optional<CaptureEntry>> capture_at(std::string_view warc, std::uint64_t offset);

  Result<std::optional<OriginalEntry>> original_of(std::string_view target_uri, Timestamp date);
  Result<std::optional<OriginalEntry>> newest_original_of(std::string_view target_uri);
  // Of that very URL where `target_uri` is not empty.
  Result<std::optional<OriginalEntry>> original_with(std::string_view digest,
                                                     std::string_view target_uri);
  Result<std::optional<Place>> chain(std::string_view sha256);
  Result<std::optional<Place>> text_of(std::string_view snapshot_id);

 private:
  struct State;
  explicit Index(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace loccit
