// Ordinary failure is a value: a kind that code can act on and a sentence that a person can.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace loccit {

enum class FailureKind {
  malformed,    // the bytes are not what they should be
  unsupported,  // well-formed, but nothing we read
  empty,        // nothing there to read
  too_large,    // a limit on bytes, depth, count or ratio struck
  timed_out,
  not_found,
  refused,    // permission, policy, or a locked resource
  encrypted,  // needs a password
  io,         // the operating system said no; message has its words
  full,       // no space left on the device
  conflict,   // another writer, a digest that does not match
  cancelled,
};

// `message` is a whole sentence in lower case without a closing full stop: what happened, to what,
// and, where there is one, what to do. `offset` is the byte in the input where it went wrong.
struct Failure {
  FailureKind kind = FailureKind::malformed;
  std::string message;
  std::optional<std::uint64_t> offset = std::nullopt;
};

template <class T>
using Result = tl::expected<T, Failure>;

inline tl::unexpected<Failure> fail(FailureKind kind, std::string message,
                                    std::optional<std::uint64_t> offset = std::nullopt) {
  return tl::unexpected<Failure>(Failure{kind, std::move(message), offset});
}

}  // namespace loccit
