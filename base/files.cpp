#include "base/files.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/descriptor.h"

namespace loccit {
namespace fs = std::filesystem;

Failure io_failure(int error_number, std::string_view what) {
  FailureKind kind = FailureKind::io;
  if (error_number == ENOENT || error_number == ENOTDIR) kind = FailureKind::not_found;
  if (error_number == EACCES || error_number == EPERM || error_number == EROFS)
    kind = FailureKind::refused;
  if (error_number == ENOSPC || error_number == EDQUOT || error_number == EFBIG)
    kind = FailureKind::full;
  return {kind, std::string(what) + ": " + std::generic_category().message(error_number)};
}

Result<std::string> read_file(const fs::path& path, const ReadLimits& limits) {
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (fd.get() < 0) return tl::unexpected(io_failure(errno, path.string()));
  struct stat info {};
  if (::fstat(fd.get(), &info) != 0) return tl::unexpected(io_failure(errno, path.string()));
  if (S_ISDIR(info.st_mode))
    return fail(FailureKind::unsupported, path.string() + ": is a folder, not a file");
  const auto too_large = [&] {
    return fail(FailureKind::too_large, path.string() + ": is larger than the limit of " +
                                            std::to_string(limits.max_bytes) + " bytes");
  };
  if (S_ISREG(info.st_mode) && static_cast<std::uint64_t>(info.st_size) > limits.max_bytes)
    return too_large();
  std::string content;
  if (S_ISREG(info.st_mode)) content.reserve(static_cast<std::size_t>(info.st_size));
  std::string buffer(1U << 16U, '\0');
  for (;;) {  // to the end, not to st_size: pipes and /proc have none
    const ssize_t got = ::read(fd.get(), buffer.data(), buffer.size());
    if (got < 0) {
      if (errno == EINTR) continue;
      return tl::unexpected(io_failure(errno, path.string()));
    }
    if (got == 0) return content;
    content.append(buffer, 0, static_cast<std::size_t>(got));
    if (content.size() > limits.max_bytes) return too_large();
  }
}

Result<void> write_durably(const fs::path& path, Bytes bytes, Overwrite overwrite) {
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  std::string temporary = (folder / ("." + path.filename().string() + ".XXXXXX")).string();
  Descriptor fd(::mkostemp(temporary.data(), O_CLOEXEC));
  if (fd.get() < 0) return tl::unexpected(io_failure(errno, path.string()));
  const auto give_up = [&] {
    const int error = errno;
    ::unlink(temporary.c_str());
    return tl::unexpected(io_failure(error, path.string()));
  };
  const mode_t mask = ::umask(0);  // mkstemp makes 0600; people expect the usual mode
  ::umask(mask);
  if (::fchmod(fd.get(), 0666 & ~mask) != 0 || !write_all(fd.get(), bytes) ||
      ::fsync(fd.get()) != 0 || fd.close() != 0) {
    return give_up();
  }
  if (overwrite == Overwrite::yes) {
    if (::rename(temporary.c_str(), path.c_str()) != 0) return give_up();
  } else {
    if (::link(temporary.c_str(), path.c_str()) != 0) return give_up();
    ::unlink(temporary.c_str());
  }
  if (!sync_folder(folder)) return tl::unexpected(io_failure(errno, folder.string()));
  return {};
}

Result<fs::path> path_inside(const fs::path& root, std::string_view name) {
  const auto refuse = [&](const char* why) {
    return fail(FailureKind::refused, "the name \"" + std::string(name) + "\" " + why);
  };
  if (name.empty()) return refuse("is empty");
  if (name.find('\0') != std::string_view::npos) return refuse("holds a NUL");
  if (name.find('\\') != std::string_view::npos) return refuse("holds a backslash");
  const fs::path relative{std::string(name)};
  if (relative.is_absolute()) return refuse("is absolute");
  for (const fs::path& part : relative) {
    if (part == "..") return refuse("climbs out of its folder");
  }
  return root / relative;
}

}  // namespace loccit
