#include "base/mapped_file.h"

#include <cerrno>
#include <cstdint>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"

namespace loccit {

struct MappedFile::State {
  void* start = nullptr;
  std::size_t size = 0;

  ~State() {
    if (start != nullptr) ::munmap(start, size);
  }
};

MappedFile::MappedFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
MappedFile::~MappedFile() = default;
MappedFile::MappedFile(MappedFile&&) noexcept = default;
MappedFile& MappedFile::operator=(MappedFile&&) noexcept = default;

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return tl::unexpected(io_failure(errno, path.string()));
  struct stat info {};
  const auto close_with = [&](Failure failure) {
    ::close(fd);
    return tl::unexpected(std::move(failure));
  };
  if (::fstat(fd, &info) != 0) return close_with(io_failure(errno, path.string()));
  if (!S_ISREG(info.st_mode)) {
    return close_with({FailureKind::unsupported, path.string() + ": is not a regular file"});
  }
  auto state = std::make_unique<State>();
  state->size = static_cast<std::size_t>(info.st_size);
  if (state->size > 0) {
    void* start = ::mmap(nullptr, state->size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (start == MAP_FAILED) return close_with(io_failure(errno, path.string()));
    state->start = start;
  }
  ::close(fd);  // the mapping stays
  return MappedFile(std::move(state));
}

Bytes MappedFile::view() const { return {static_cast<const char*>(state_->start), state_->size}; }

void MappedFile::release(Bytes part) const {
  static const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const auto begin = (reinterpret_cast<std::uintptr_t>(part.data()) + page - 1) / page * page;
  const auto end = (reinterpret_cast<std::uintptr_t>(part.data()) + part.size()) / page * page;
  if (part.empty() || begin >= end) return;
  // A hint: where it fails the pages merely stay.
  (void)::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
}

}  // namespace loccit
