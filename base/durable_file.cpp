#include "base/durable_file.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/uuid.h"

namespace loccit {

namespace fs = std::filesystem;

struct DurableFile::State {
  fs::path path, folder;
  std::string temporary;  // empty while the file has no name
  int fd = -1;
  bool committed = false;

  ~State() {
    if (fd >= 0) ::close(fd);
    if (!temporary.empty() && !committed) ::unlink(temporary.c_str());
  }
  std::string beside() const {
    return (folder / ("." + path.filename().string() + "." + random_ids()().substr(9, 8))).string();
  }
  std::string by_descriptor() const { return "/proc/self/fd/" + std::to_string(fd); }
};

DurableFile::DurableFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
DurableFile::~DurableFile() = default;
DurableFile::DurableFile(DurableFile&&) noexcept = default;
DurableFile& DurableFile::operator=(DurableFile&&) noexcept = default;

Result<DurableFile> DurableFile::create(const fs::path& path) {
  auto state = std::make_unique<State>();
  state->path = path;
  state->folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  if (std::error_code ignored; fs::is_directory(path, ignored)) {
    return fail(FailureKind::unsupported, path.string() + ": is a folder, not a file");
  }
  state->fd = ::open(state->folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
  if (state->fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL)) {
    state->temporary = state->beside();
    state->fd = ::open(state->temporary.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  }
  if (state->fd < 0) return tl::unexpected(io_failure(errno, path.string()));
  return DurableFile(std::move(state));
}

Result<void> DurableFile::append(Bytes bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(state_->fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return tl::unexpected(io_failure(errno, state_->path.string()));
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

fs::path DurableFile::readable_path() const { return state_->by_descriptor(); }

Result<void> DurableFile::commit() {
  State& s = *state_;
  const auto failed = [&] { return tl::unexpected(io_failure(errno, s.path.string())); };
  if (::fsync(s.fd) != 0) return failed();
  if (s.temporary.empty()) {
    // A file without a name can get a new one only: rename() then replaces what had the final one.
    const std::string name = s.beside();
    if (::linkat(AT_FDCWD, s.by_descriptor().c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) !=
        0)
      return failed();
    s.temporary = name;
  }
  if (::rename(s.temporary.c_str(), s.path.c_str()) != 0) return failed();
  s.committed = true;
  const int folder = ::open(s.folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = folder >= 0 && ::fsync(folder) == 0;
  const int error = errno;
  if (folder >= 0) ::close(folder);
  if (!synced) return tl::unexpected(io_failure(error, s.folder.string()));
  return {};
}

}  // namespace loccit
