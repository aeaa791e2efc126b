#include "web/library.h"

namespace loccit {

Library::Library(Archive archive, std::vector<Registry> registries)
    : archive_(std::move(archive)), registries_(std::move(registries)) {
  for (std::size_t i = 0; i < registries_.size(); ++i) idle_.push_back(i);
}

Library::Lease::Lease(Library& from) : library(from), index(0) {
  std::unique_lock lock(library.mutex_);
  library.returned_.wait(lock, [&] { return !library.idle_.empty(); });
  index = library.idle_.back();
  library.idle_.pop_back();
}

Library::Lease::~Lease() {
  {
    const std::lock_guard lock(library.mutex_);
    library.idle_.push_back(index);
  }
  library.returned_.notify_one();
}

}  // namespace loccit
