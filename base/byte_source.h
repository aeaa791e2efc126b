// Bytes at offsets, from memory or from a file, so that gigabytes cost no more than the reader's
// buffer.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace loccit {

// Cheap to copy: copies share the open file. Reading is safe from several threads.
class ByteSource {
 public:
  // A view: valid while the bytes' owner lives. `name` is what failures call it.
  static ByteSource of(Bytes bytes, std::string name);
  static Result<ByteSource> open(const std::filesystem::path& path);

  const std::string& name() const { return name_; }
  std::uint64_t size() const { return size_; }

  // A stretch of it as a source of its own, for a file stored inside another.
  ByteSource part(std::uint64_t offset, std::uint64_t size, std::string name) const;

  // Fills `room` bytes, fewer only where the source ends.
  Result<std::size_t> read_at(std::uint64_t offset, char* out, std::size_t room) const;

 private:
  struct File;
  ByteSource() = default;
  std::shared_ptr<const File> file_;
  Bytes bytes_;
  std::uint64_t start_ = 0;  // in the file
  std::uint64_t size_ = 0;
  std::string name_;
};

}  // namespace loccit
