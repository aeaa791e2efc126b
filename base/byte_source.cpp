#include "base/byte_source.h"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"

namespace loccit {

struct ByteSource::File {
  int fd = -1;
  explicit File(int descriptor) : fd(descriptor) {}
  ~File() { ::close(fd); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
};

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
  ByteSource source;
  source.file_ = std::make_shared<const File>(fd);
  struct stat info {};
  if (::fstat(fd, &info) != 0) return tl::unexpected(io_failure(errno, path.string()));
  if (!S_ISREG(info.st_mode))
    return fail(FailureKind::unsupported, path.string() + ": is no regular file");
  source.size_ = static_cast<std::uint64_t>(info.st_size);
  source.name_ = path.string();
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
  std::size_t got = 0;
  while (got < room) {
    const ssize_t piece =
        ::pread(file_->fd, out + got, room - got, static_cast<off_t>(start_ + offset + got));
    if (piece < 0 && errno == EINTR) continue;
    if (piece < 0) return tl::unexpected(io_failure(errno, name_));
    if (piece == 0) break;  // it was cut while we read
    got += static_cast<std::size_t>(piece);
  }
  return got;
}

}  // namespace loccit
