// The WARC files of one folder: which there are, appending to the newest, and the lock that keeps a
// second writer out.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "archive/archive.h"
#include "base/byte_source.h"
#include "base/result.h"

namespace loccit {

struct StoredFile {
  std::string warc;  // "archive/….warc.gz"
  std::uint64_t size = 0;
};

// Not for two threads at once, but for open().
class LocalStore {
 public:
  // `write` makes the folder and takes the lock, or says who holds it.
  static Result<LocalStore> open(const std::filesystem::path& folder, ArchiveMode mode);
  ~LocalStore();
  LocalStore(LocalStore&&) noexcept;
  LocalStore& operator=(LocalStore&&) noexcept;

  const std::filesystem::path& folder() const;
  Result<std::vector<StoredFile>> files() const;  // sorted by name
  Result<ByteSource> open_file(const std::string& warc) const;

  // Whether some process, this one included, has it open for writing.
  bool being_written() const;

  // Appends in one piece; on failure the file is as it was before. An empty or missing file begins
  // with `head`.
  struct Appended {
    std::uint64_t offset = 0;  // of `bytes`
    std::uint64_t size_before = 0;
  };
  Result<Appended> append(const std::string& warc, Bytes head, Bytes bytes);
  // To nothing: the file goes.
  Result<void> truncate(const std::string& warc, std::uint64_t size);
  // Moves what lies from `offset` on into torn/ and names the side file.
  Result<std::string> cut_tail(const std::string& warc, std::uint64_t offset);
  // The file without these stretches (sorted, apart): the new one takes the old one's place in one
  // step, durably.
  struct Stretch {
    std::uint64_t from = 0, until = 0;
  };
  Result<void> cut_out(const std::string& warc, const std::vector<Stretch>& stretches);
  // fsync of every file appended to since, and of their folder.
  Result<void> sync();

 private:
  struct State;
  explicit LocalStore(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace loccit
