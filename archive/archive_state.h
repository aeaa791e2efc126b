// What an open archive holds. Private to the room: archive.h is the door.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "archive/archive.h"
#include "archive/capture_reader.h"
#include "archive/capture_writer.h"
#include "archive/index.h"
#include "archive/local_store.h"
#include "archive/remote_store.h"
#include "archive/warc_limits.h"

namespace loccit {

struct Archive::State {
  State(Index opened_index, ArchiveMode opened_mode, ArchiveOptions opened_options)
      : index(std::move(opened_index)), mode(opened_mode), options(std::move(opened_options)) {}

  std::optional<LocalStore> store;            // a folder …
  std::map<std::string, ByteSource> sources;  // … or files given by whoever opened it
  Index index;
  ArchiveMode mode;
  ArchiveOptions options;
  WarcLimits limits;
  std::vector<std::string> messages;
  std::filesystem::path folder;
  std::string current;  // the file appended to; empty: the next put begins one
  std::uint64_t current_size = 0;
  std::uint32_t serial = 0;
  std::vector<StoredFile> remote_files;  // by name
  mutable std::mutex mutex;  // over store and index; compressing and reading go on outside of it

  bool is_remote(const std::string& warc) const;
  Result<ByteSource> open_file(const std::string& warc) const;
  Result<std::vector<StoredFile>> files() const;

  // The index against the files (archive_upkeep.cpp): what is gone is forgotten, what is new is
  // read.
  Result<bool> matches_files();
  Result<void> reconcile();
  Result<std::uint64_t> index_tail(const StoredFile& file, std::uint64_t from);  // captures found
  Result<void> continue_newest();

  RecordLookup lookup();
  CaptureContext context();
  std::optional<Original> whole_original(std::optional<OriginalEntry> entry);

  // Appends the members and makes them known; gives the entries with their places in the file.
  Result<IndexEntries> store_entries(Bytes members, IndexEntries entries);
  Result<std::string> file_for(std::uint64_t size, Spool& head);
};

// The serial in "archive/loccit-20261124160000-00017.warc.gz"; 0 for any other name.
std::uint32_t serial_of(std::string_view warc);
// `writer` tells the files of several writers apart; empty where there can be but one.
std::string warc_name(Timestamp now, std::string_view writer, std::uint32_t serial);

}  // namespace loccit
