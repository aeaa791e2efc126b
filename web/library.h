// What the pages are made from: one archive and a few connections to the registry, shared by the
// server's threads.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "archive/archive.h"
#include "registry/registry.h"

namespace loccit {

class Library {
 public:
  // Both must be there already; nothing is written to either.
  Library(Archive archive, std::vector<Registry> registries);

  const Archive& archive() const { return archive_; }

  // `ask` with a registry of its own; waits while all are in use.
  template <class Ask>
  auto ask(Ask&& question) {
    Lease lease(*this);
    return question(registries_[lease.index]);
  }

 private:
  struct Lease {
    explicit Lease(Library& from);
    ~Lease();
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Library& library;
    std::size_t index;
  };

  Archive archive_;
  std::vector<Registry> registries_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::size_t> idle_;
};

}  // namespace loccit
