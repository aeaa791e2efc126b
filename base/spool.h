// A body of unknown size: in memory while small, in an unlinked temporary file once large, always
// one view.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace loccit {

class Spool {
 public:
  static constexpr std::size_t default_in_memory = 1U << 20U;

  explicit Spool(std::size_t in_memory = default_in_memory);
  static Spool of(std::string bytes);
  ~Spool();
  Spool(Spool&&) noexcept;
  Spool& operator=(Spool&&) noexcept;

  Result<void> append(Bytes bytes);
  std::uint64_t size() const;

  // All bytes, memory-mapped where they lie in a file. Valid until the next append() or the end of
  // the spool.
  Bytes view() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace loccit
