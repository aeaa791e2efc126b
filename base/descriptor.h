// Owns a file descriptor; writing all of it, and making sure that it stays.
#pragma once

#include <filesystem>
#include <utility>

#include "base/bytes.h"

namespace loccit {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { close(); }
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  int get() const { return fd_; }
  bool is_open() const { return fd_ >= 0; }
  int close();  // as close(2): some failures of writing come out only here

 private:
  int fd_ = -1;
};

// False with errno set where not all of it could be written.
bool write_all(int fd, Bytes bytes);
// A name in a folder survives a power cut only once the folder is synced too.
bool sync_folder(const std::filesystem::path& folder);

}  // namespace loccit
