#include "base/chunked_stream.h"

#include <algorithm>
#include <charconv>

namespace loccit {
namespace {

constexpr std::size_t max_line = 16U << 10U;
constexpr std::uint64_t max_chunk = std::uint64_t{1} << 40U;

}  // namespace

// Moves bytes up to and with the next LF into line_; true once the line is whole.
bool ChunkedStream::take_line(Bytes& piece) {
  const std::size_t end = piece.find('\n');
  const std::size_t size = end == Bytes::npos ? piece.size() : end + 1;
  line_.append(piece.substr(0, size));
  piece.remove_prefix(size);
  return end != Bytes::npos;
}

bool ChunkedStream::finish_line() {
  std::string line;
  line.swap(line_);
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
  if (state_ == State::data_end) {
    state_ = State::size;
    return line.empty();
  }
  if (state_ == State::trailer) {
    if (line.empty()) state_ = State::done;
    return true;
  }
  const char* const begin = line.data();
  const char* const end = begin + line.size();
  const auto [rest, error] = std::from_chars(begin, end, left_, 16);
  const bool whole = error == std::errc{} && rest != begin &&
                     (rest == end || *rest == ';' || *rest == ' ' || *rest == '\t');
  if (!whole || left_ > max_chunk) return false;
  state_ = left_ == 0 ? State::trailer : State::data;
  return true;
}

bool ChunkedStream::feed(Bytes piece, const Sink& content) {
  while (!piece.empty() && state_ != State::broken && state_ != State::done) {
    if (state_ == State::data) {
      const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, piece.size()));
      content(piece.substr(0, size));
      piece.remove_prefix(size);
      left_ -= size;
      if (left_ == 0) state_ = State::data_end;
    } else if (take_line(piece)) {
      if (!finish_line()) state_ = State::broken;
    } else if (line_.size() > max_line) {
      state_ = State::broken;
    }
  }
  return state_ != State::broken;
}

}  // namespace loccit
