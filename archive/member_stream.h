// The decompressed bytes of a file of gzip members or zstd frames (or of none), with the place of
// each member.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "archive/warc_limits.h"
#include "base/byte_source.h"
#include "base/inflate_stream.h"

namespace loccit {

enum class Packing { plain, gzip, zstd };

class MemberStream {
 public:
  // Decides by the first bytes, not by the name: gzip named .warc and plain WARC named .gz are both
  // about.
  static Result<MemberStream> open(ByteSource source, std::uint64_t start,
                                   const WarcLimits& limits);

  Packing packing() const { return packing_; }
  const ByteSource& source() const { return source_; }

  // Goes to the next member: the first call to the first one. False at the end of the input. A
  // plain file is one member.
  Result<bool> next_member();
  // Sees to it that buffered() is not empty. False at the end of the member (and of a plain file).
  Result<bool> fill();

  Bytes buffered() const { return Bytes(output_).substr(taken_, given_ - taken_); }
  void consume(std::size_t size) { taken_ += size; }

  // Where the first byte of buffered() is stored: its member's first byte, or itself in a plain
  // file.
  std::uint64_t position() const;
  // Whether nothing of this member has been consumed yet.
  bool at_member_start() const { return consumed_before_ + taken_ == 0; }
  // The byte after the member, once fill() has said false; in a plain file the byte after what was
  // consumed.
  std::uint64_t end() const {
    return packing_ == Packing::plain ? position() : input_at_ + input_taken_;
  }

  tl::unexpected<Failure> fail_at(FailureKind kind, std::string_view what,
                                  std::uint64_t offset) const;

 private:
  MemberStream(ByteSource source, std::uint64_t start, const WarcLimits& limits);
  Result<bool> refill_input();
  Result<void> read_dictionary();
  Result<bool> fill_plain();

  ByteSource source_;
  WarcLimits limits_;
  Packing packing_ = Packing::plain;
  std::optional<InflateStream> inflate_;
  std::string input_;            // a window of the source
  std::uint64_t input_at_ = 0;   // where it begins there
  std::size_t input_taken_ = 0;  // of it
  std::size_t input_given_ = 0;
  std::string output_;
  std::size_t given_ = 0;
  std::size_t taken_ = 0;
  std::uint64_t consumed_before_ = 0;  // of this member, before output_
  std::uint64_t member_at_ = 0;
  bool in_member_ = false;
};

}  // namespace loccit
