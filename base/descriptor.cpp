#include "base/descriptor.h"

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace loccit {

int Descriptor::close() { return fd_ < 0 ? 0 : ::close(std::exchange(fd_, -1)); }

bool write_all(int fd, Bytes bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool sync_folder(const std::filesystem::path& folder) {
  const Descriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return fd.is_open() && ::fsync(fd.get()) == 0;
}

}  // namespace loccit
