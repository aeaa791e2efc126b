#include "base/byte_source.h"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"

namespace loccit {

namespace {

class File : public RangeReader {
 public:
  File(int descriptor, std::string name) : fd_(descriptor), name_(std::move(name)) {}
  ~File() override { ::close(fd_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int descriptor() const { return fd_; }

  Result<std::size_t> read_at(std::uint64_t offset, char* out, std::size_t room) const override {
    std::size_t got = 0;
    while (got < room) {
      const ssize_t piece = ::pread(fd_, out + got, room - got, static_cast<off_t>(offset + got));
      if (piece < 0 && errno == EINTR) continue;
      if (piece < 0) return tl::unexpected(io_failure(errno, name_));
      if (piece == 0) break;  // it was cut while we read
      got += static_cast<std::size_t>(piece);
    }
    return got;
  }

 private:
  int fd_;
  std::string name_;
};

}  // namespace

ByteSource ByteSource::of(Bytes bytes, std::string name) {
  ByteSource source;
  source.bytes_ = bytes;
  source.size_ = bytes.size();
  source.name_ = std::move(name);
  return source;
}

Result<ByteSource> ByteSource::open(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return tl::unexpected(io_failure(errno, path.string()));
  const auto file = std::make_shared<const File>(fd, path.string());
  struct stat info {};
  if (::fstat(file->descriptor(), &info) != 0)
    return tl::unexpected(io_failure(errno, path.string()));
  if (!S_ISREG(info.st_mode))
    return fail(FailureKind::unsupported, path.string() + ": is no regular file");
  return over(file, static_cast<std::uint64_t>(info.st_size), path.string());
}

ByteSource ByteSource::over(std::shared_ptr<const RangeReader> reader, std::uint64_t size,
                            std::string name) {
  ByteSource source;
  source.file_ = std::move(reader);
  source.size_ = size;
  source.name_ = std::move(name);
  return source;
}

ByteSource ByteSource::part(std::uint64_t offset, std::uint64_t size, std::string name) const {
  ByteSource source = *this;
  offset = std::min(offset, size_);
  source.size_ = std::min(size, size_ - offset);
  source.name_ = std::move(name);
  if (file_) {
    source.start_ = start_ + offset;
  } else {
    source.bytes_ =
        bytes_.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(source.size_));
  }
  return source;
}

Result<std::size_t> ByteSource::read_at(std::uint64_t offset, char* out, std::size_t room) const {
  if (offset >= size_) return 0;
  room = static_cast<std::size_t>(std::min<std::uint64_t>(room, size_ - offset));
  if (!file_) return bytes_.copy(out, room, static_cast<std::size_t>(offset));
  return file_->read_at(start_ + offset, out, room);
}

}  // namespace loccit
