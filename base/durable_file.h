// A large file that appears under its name whole or not at all.
#pragma once

#include <filesystem>
#include <memory>

#include "base/bytes.h"
#include "base/result.h"

namespace loccit {

class DurableFile {
 public:
  // Without a name until commit(), where the file system can (O_TMPFILE): nothing is left behind
  // after kill -9.
  static Result<DurableFile> create(const std::filesystem::path& path);
  ~DurableFile();  // without commit(): as if it had never been
  DurableFile(DurableFile&&) noexcept;
  DurableFile& operator=(DurableFile&&) noexcept;

  Result<void> append(Bytes bytes);
  std::filesystem::path readable_path() const;  // to read back what was appended, before commit()

  // fsync, the name (replacing what had it), fsync of the folder.
  Result<void> commit();

 private:
  struct State;
  explicit DurableFile(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace loccit
