#include "archive/local_store.h"

#include <algorithm>
#include <cerrno>
#include <set>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "base/files.h"

namespace loccit {
namespace {

namespace fs = std::filesystem;

constexpr const char* warc_folder = "archive";
constexpr const char* torn_folder = "torn";
constexpr const char* lock_name = "archive.lock";

struct flock whole_file(short type) {
  struct flock lock {};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  return lock;
}

Failure cannot(const fs::path& path, int error) {
  Failure failure = io_failure(error, path.string());
  failure.message = "the archive cannot be written: " + failure.message;
  return failure;
}

// The number that the holder wrote into the lock file; a guess is better than none, so whatever
// stands there is shown.
std::string holder_of(int fd) {
  std::string text(64, '\0');
  const ssize_t got = ::pread(fd, text.data(), text.size(), 0);
  text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  text.erase(std::find_if(text.begin(), text.end(), [](char c) { return c < '0' || c > '9'; }),
             text.end());
  return text.empty() ? "another process" : "process " + text;
}

// Locks of the open file description (not of the process): two archives in one process keep each
// other out too.
Result<Descriptor> take_lock(const fs::path& folder) {
  const fs::path path = folder / lock_name;
  Descriptor fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (!fd.is_open()) return tl::unexpected(cannot(path, errno));
  struct flock lock = whole_file(F_WRLCK);
  if (::fcntl(fd.get(), F_OFD_SETLK, &lock) != 0) {
    if (errno != EAGAIN && errno != EACCES) return tl::unexpected(cannot(path, errno));
    return fail(FailureKind::conflict,
                "the archive " + folder.string() + " is being written by " + holder_of(fd.get()) +
                    ": wait for it to end, or give another folder with --archive");
  }
  const std::string pid = std::to_string(::getpid()) + "\n";
  if (::ftruncate(fd.get(), 0) != 0 || ::pwrite(fd.get(), pid.data(), pid.size(), 0) < 0) {
    return tl::unexpected(cannot(path, errno));
  }
  return fd;
}

Result<void> copy_to(const Descriptor& file, const fs::path& path, const ByteSource& source,
                     std::uint64_t from, std::uint64_t until) {
  std::string buffer(1U << 18U, '\0');
  while (from < until) {
    const auto room = std::min<std::uint64_t>(buffer.size(), until - from);
    const auto got = source.read_at(from, buffer.data(), static_cast<std::size_t>(room));
    if (!got) return tl::unexpected(got.error());
    if (*got == 0)
      return fail(FailureKind::io, source.name() + " ends before what was to be copied of it");
    if (!write_all(file.get(), Bytes(buffer).substr(0, *got)))
      return tl::unexpected(cannot(path, errno));
    from += *got;
  }
  return {};
}

}  // namespace

struct LocalStore::State {
  fs::path folder;
  Descriptor lock;
  std::string open_warc;  // the file appended to last
  Descriptor open_file;
  std::uint64_t open_size = 0;
  std::set<std::string> unsynced;

  Result<void> open_to_append(const std::string& warc) {
    if (warc == open_warc) return {};
    open_warc.clear();
    const fs::path path = folder / warc;
    open_file = Descriptor(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
    struct stat info {};
    if (!open_file.is_open() || ::fstat(open_file.get(), &info) != 0)
      return tl::unexpected(cannot(path, errno));
    open_size = static_cast<std::uint64_t>(info.st_size);
    open_warc = warc;
    return {};
  }
};

LocalStore::LocalStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
LocalStore::~LocalStore() = default;
LocalStore::LocalStore(LocalStore&&) noexcept = default;
LocalStore& LocalStore::operator=(LocalStore&&) noexcept = default;

Result<LocalStore> LocalStore::open(const fs::path& folder, ArchiveMode mode) {
  auto state = std::make_unique<State>();
  state->folder = folder;
  std::error_code error;
  if (mode == ArchiveMode::write) {
    fs::create_directories(folder / warc_folder, error);
    if (error) return tl::unexpected(cannot(folder / warc_folder, error.value()));
    auto lock = take_lock(folder);
    if (!lock) return tl::unexpected(lock.error());
    state->lock = std::move(*lock);
  } else if (!fs::is_directory(folder, error)) {
    return fail(FailureKind::not_found, "there is no archive at " + folder.string());
  }
  return LocalStore(std::move(state));
}

const fs::path& LocalStore::folder() const { return state_->folder; }

Result<std::vector<StoredFile>> LocalStore::files() const {
  std::vector<StoredFile> found;
  std::error_code error;
  fs::directory_iterator entry(state_->folder / warc_folder, error);
  if (error == std::errc::no_such_file_or_directory) return found;
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    const bool warc =
        name.ends_with(".warc.gz") || name.ends_with(".warc") || name.ends_with(".warc.zst");
    std::error_code size_error;
    const auto size = warc ? entry->file_size(size_error) : 0;
    if (warc && !size_error) found.push_back({std::string(warc_folder) + "/" + name, size});
  }
  if (error)
    return tl::unexpected(io_failure(error.value(), (state_->folder / warc_folder).string()));
  std::sort(found.begin(), found.end(),
            [](const StoredFile& a, const StoredFile& b) { return a.warc < b.warc; });
  return found;
}

Result<ByteSource> LocalStore::open_file(const std::string& warc) const {
  const auto path = path_inside(state_->folder, warc);
  if (!path) return tl::unexpected(path.error());
  return ByteSource::open(*path);
}

bool LocalStore::being_written() const {
  if (state_->lock.is_open()) return true;
  const Descriptor fd(::open((state_->folder / lock_name).c_str(), O_RDONLY | O_CLOEXEC));
  struct flock lock = whole_file(F_RDLCK);
  return fd.is_open() && ::fcntl(fd.get(), F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

Result<LocalStore::Appended> LocalStore::append(const std::string& warc, Bytes head, Bytes bytes) {
  State& s = *state_;
  if (auto opened = s.open_to_append(warc); !opened) return tl::unexpected(opened.error());
  if (s.open_size > 0) head = {};
  s.unsynced.insert(warc);
  if (!write_all(s.open_file.get(), head) || !write_all(s.open_file.get(), bytes)) {
    const Failure failed = cannot(s.folder / warc, errno);
    // Should this fail too, readers will step over the garbage: offsets are counted anew.
    if (!truncate(warc, s.open_size)) s.open_warc.clear();
    return tl::unexpected(failed);
  }
  const Appended appended{s.open_size + head.size(), s.open_size};
  s.open_size = appended.offset + bytes.size();
  return appended;
}

Result<void> LocalStore::truncate(const std::string& warc, std::uint64_t size) {
  const fs::path path = state_->folder / warc;
  if (size == 0) {
    if (warc == state_->open_warc) state_->open_warc.clear();
    state_->unsynced.erase(warc);
    return ::unlink(path.c_str()) == 0 ? Result<void>() : tl::unexpected(cannot(path, errno));
  }
  if (::truncate(path.c_str(), static_cast<off_t>(size)) != 0)
    return tl::unexpected(cannot(path, errno));
  if (warc == state_->open_warc) state_->open_size = size;
  return {};
}

Result<std::string> LocalStore::cut_tail(const std::string& warc, std::uint64_t offset) {
  const auto source = open_file(warc);
  if (!source) return tl::unexpected(source.error());
  const fs::path folder = state_->folder / torn_folder;
  std::error_code error;
  fs::create_directories(folder, error);
  const std::string base = fs::path(warc).filename().string() + "-" + std::to_string(offset);
  std::string name = base;
  for (int i = 2; fs::exists(folder / name, error); ++i) name = base + "-" + std::to_string(i);
  Descriptor side(::open((folder / name).c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
  if (!side.is_open()) return tl::unexpected(cannot(folder / name, errno));
  if (auto copied = copy_to(side, folder / name, *source, offset, source->size()); !copied)
    return tl::unexpected(copied.error());
  if (::fsync(side.get()) != 0 || !sync_folder(folder))
    return tl::unexpected(cannot(folder / name, errno));
  if (auto cut = truncate(warc, offset); !cut) return tl::unexpected(cut.error());
  return std::string(torn_folder) + "/" + name;
}

Result<void> LocalStore::cut_out(const std::string& warc, const std::vector<Stretch>& stretches) {
  const auto source = open_file(warc);
  if (!source) return tl::unexpected(source.error());
  const fs::path path = state_->folder / warc;
  const fs::path fresh = path.string() + ".new";  // by that name it is no WARC file yet
  const Descriptor file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (!file.is_open()) return tl::unexpected(cannot(fresh, errno));
  std::uint64_t at = 0;
  auto copied = Result<void>();
  for (const Stretch& stretch : stretches) {
    if (copied) copied = copy_to(file, fresh, *source, at, stretch.from);
    at = std::max(at, stretch.until);
  }
  if (copied) copied = copy_to(file, fresh, *source, at, source->size());
  if (copied && (::fsync(file.get()) != 0 || ::rename(fresh.c_str(), path.c_str()) != 0 ||
                 !sync_folder(path.parent_path())))
    copied = tl::unexpected(cannot(path, errno));
  if (!copied) ::unlink(fresh.c_str());
  if (warc == state_->open_warc) state_->open_warc.clear();
  return copied;
}

Result<void> LocalStore::sync() {
  State& s = *state_;
  for (const std::string& warc : s.unsynced) {
    const Descriptor fd(::open((s.folder / warc).c_str(), O_WRONLY | O_CLOEXEC));
    if (!fd.is_open() || ::fdatasync(fd.get()) != 0)
      return tl::unexpected(cannot(s.folder / warc, errno));
  }
  if (!s.unsynced.empty() && !sync_folder(s.folder / warc_folder))
    return tl::unexpected(cannot(s.folder / warc_folder, errno));
  s.unsynced.clear();
  return {};
}

}  // namespace loccit
