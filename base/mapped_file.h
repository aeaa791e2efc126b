// A file as one view without reading it into memory: for bundles and archives of many gigabytes.
#pragma once

#include <filesystem>
#include <memory>

#include "base/bytes.h"
#include "base/result.h"

namespace loccit {

class MappedFile {
 public:
  static Result<MappedFile> open(const std::filesystem::path& path);
  ~MappedFile();
  MappedFile(MappedFile&&) noexcept;
  MappedFile& operator=(MappedFile&&) noexcept;

  Bytes view() const;  // valid while this object lives

  // The pages of `part` (of view()) need not stay in memory; reading them again fetches them from
  // the file again.
  void release(Bytes part) const;

 private:
  struct State;
  explicit MappedFile(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace loccit
