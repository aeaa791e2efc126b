// Bytes at offsets, from memory, a file or a store, so that gigabytes cost no more than the
// reader's buffer.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace loccit {

// Bytes that lie elsewhere, asked for a stretch at a time.
class RangeReader {
 public:
  virtual ~RangeReader() = default;
  // Fills `room` bytes, fewer only where the bytes end. Called from several threads.
  virtual Result<std::size_t> read_at(std::uint64_t offset, char* out, std::size_t room) const = 0;
};

// Cheap to copy: copies share the open file. Reading is safe from several threads.
class ByteSource {
 public:
  // A view: valid while the bytes' owner lives. `name` is what failures call it.
  static ByteSource of(Bytes bytes, std::string name);
  static Result<ByteSource> open(const std::filesystem::path& path);
  static ByteSource over(std::shared_ptr<const RangeReader> reader, std::uint64_t size,
                         std::string name);

  const std::string& name() const { return name_; }
  std::uint64_t size() const { return size_; }

  // A stretch of it as a source of its own, for a file stored inside another.
  ByteSource part(std::uint64_t offset, std::uint64_t size, std::string name) const;

  // Fills `room` bytes, fewer only where the source ends.
  Result<std::size_t> read_at(std::uint64_t offset, char* out, std::size_t room) const;

 private:
  ByteSource() = default;
  std::shared_ptr<const RangeReader> file_;  // or whatever else is read by stretches
  Bytes bytes_;
  std::uint64_t start_ = 0;  // in file_
  std::uint64_t size_ = 0;
  std::string name_;
};

}  // namespace loccit
