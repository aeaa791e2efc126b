// Chunked transfer coding (RFC 9112 §7.1) undone as the body streams by, in memory that does not
// grow with it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/bytes.h"

namespace loccit {

class ChunkedStream {
 public:
  using Sink = std::function<void(Bytes)>;

  // Hands on what is content in the next piece of the body. False once the framing is broken; it
  // stays so.
  bool feed(Bytes piece, const Sink& content);
  bool complete() const {
    return state_ == State::done;
  }  // the last chunk and the blank line have been seen

 private:
  enum class State { size, data, data_end, trailer, done, broken };
  bool take_line(Bytes& piece);
  bool finish_line();

  State state_ = State::size;
  std::string line_;
  std::uint64_t left_ = 0;
};

}  // namespace loccit
