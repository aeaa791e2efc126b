#include "base/spool.h"

#include <cerrno>
#include <cstdlib>
#include <filesystem>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "base/files.h"

namespace loccit {

struct Spool::State {
  std::size_t in_memory = 0;
  std::string memory;
  int fd = -1;
  std::uint64_t size = 0;
  void* map = nullptr;
  std::size_t mapped = 0;

  ~State() {
    unmap();
    if (fd >= 0) ::close(fd);
  }
  void unmap() {
    if (map != nullptr) ::munmap(map, mapped);
    map = nullptr;
    mapped = 0;
  }
  bool move_to_file() {
    const char* folder = std::getenv("TMPDIR");
    if (folder == nullptr || *folder == '\0') folder = "/tmp";
    fd = ::open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC,
                0600);  // never has a name: nothing is left behind after kill -9
    if (fd < 0) {
      std::string name = std::string(folder) + "/loccit.XXXXXX";
      fd = ::mkostemp(name.data(), O_CLOEXEC);
      if (fd < 0) return false;
      ::unlink(name.c_str());
    }
    if (!write_all(fd, memory)) return false;
    std::string().swap(memory);
    return true;
  }
};

Spool::Spool(std::size_t in_memory) : state_(std::make_unique<State>()) {
  state_->in_memory = in_memory;
}
Spool::~Spool() = default;
Spool::Spool(Spool&&) noexcept = default;
Spool& Spool::operator=(Spool&&) noexcept = default;

Spool Spool::of(std::string bytes) {
  Spool spool(bytes.size());
  spool.state_->size = bytes.size();
  spool.state_->memory = std::move(bytes);
  return spool;
}

Result<void> Spool::append(Bytes bytes) {
  State& s = *state_;
  s.unmap();
  if (s.fd < 0 && s.memory.size() + bytes.size() <= s.in_memory) {
    s.memory.append(bytes);
  } else if ((s.fd < 0 && !s.move_to_file()) || !write_all(s.fd, bytes)) {
    return tl::unexpected(io_failure(errno, "a temporary file for a large body"));
  }
  s.size += bytes.size();
  return {};
}

std::uint64_t Spool::size() const { return state_->size; }

Bytes Spool::view() const {
  State& s = *state_;
  if (s.fd < 0) return s.memory;
  if (s.map == nullptr) {
    void* map = ::mmap(nullptr, static_cast<std::size_t>(s.size), PROT_READ, MAP_PRIVATE, s.fd, 0);
    if (map == MAP_FAILED)
      throw std::filesystem::filesystem_error("mmap of a spooled body",
                                              std::error_code(errno, std::generic_category()));
    s.map = map;
    s.mapped = static_cast<std::size_t>(s.size);
  }
  return {static_cast<const char*>(s.map), s.mapped};
}

}  // namespace loccit
