#include "archive/member_stream.h"

#include <algorithm>
#include <utility>

namespace loccit {
namespace {

constexpr std::size_t window = 1U << 18U;
constexpr std::size_t ratio_free = 1U << 20U;  // bytes.h
constexpr int archive_window_log = 27;         // what `zstd --long` writes
constexpr std::string_view gzip_magic = "\x1f\x8b";
constexpr std::string_view zstd_magic = "\x28\xb5\x2f\xfd";
// The proposal for .warc.zst: a first skippable frame of this number holds the dictionary.
constexpr std::string_view dictionary_magic = "\x5d\x2a\x4d\x18";

bool begins(Bytes bytes, std::string_view magic) { return bytes.substr(0, magic.size()) == magic; }

bool begins_member(Packing packing, Bytes bytes) {
  if (packing == Packing::gzip) return begins(bytes, gzip_magic);
  // RFC 8878 §3.1.2: sixteen numbers mark frames to be skipped.
  const bool skippable = bytes.size() >= 4 &&
                         (static_cast<unsigned char>(bytes[0]) & 0xF0U) == 0x50U &&
                         bytes.substr(1, 3) == dictionary_magic.substr(1);
  return skippable || begins(bytes, zstd_magic);
}

}  // namespace

MemberStream::MemberStream(ByteSource source, std::uint64_t start, const WarcLimits& limits)
    : source_(std::move(source)),
      limits_(limits),
      input_(window, '\0'),
      input_at_(start),
      output_(window, '\0') {}

Result<MemberStream> MemberStream::open(ByteSource source, std::uint64_t start,
                                        const WarcLimits& limits) {
  MemberStream stream(std::move(source), start, limits);
  if (const auto more = stream.refill_input(); !more) return tl::unexpected(more.error());
  const Bytes first = Bytes(stream.input_).substr(0, stream.input_given_);
  if (begins(first, gzip_magic)) {
    stream.packing_ = Packing::gzip;
    stream.inflate_.emplace(Coding::gzip);
  } else if (begins(first, zstd_magic) || begins(first, dictionary_magic)) {
    stream.packing_ = Packing::zstd;
    stream.inflate_.emplace(Coding::zstd, archive_window_log);
    if (const auto read = stream.read_dictionary(); !read) return tl::unexpected(read.error());
  }
  return stream;
}

tl::unexpected<Failure> MemberStream::fail_at(FailureKind kind, std::string_view what,
                                              std::uint64_t offset) const {
  return fail(kind, source_.name() + ", byte " + std::to_string(offset) + ": " + std::string(what),
              offset);
}

std::uint64_t MemberStream::position() const {
  return packing_ == Packing::plain ? input_at_ + input_taken_ - (given_ - taken_) : member_at_;
}

// Keeps what is not taken yet and reads on behind it. False where the source has no more.
Result<bool> MemberStream::refill_input() {
  const std::size_t kept = input_given_ - input_taken_;
  std::copy_n(input_.data() + input_taken_, kept, input_.data());
  input_at_ += input_taken_;
  input_taken_ = 0;
  input_given_ = kept;
  const auto got = source_.read_at(input_at_ + kept, input_.data() + kept, input_.size() - kept);
  if (!got) return tl::unexpected(got.error());
  input_given_ += *got;
  return *got > 0;
}

Result<bool> MemberStream::next_member() {
  if (packing_ == Packing::plain)
    return std::exchange(in_member_, true) ? Result<bool>(false) : fill();
  if (input_given_ - input_taken_ < 18) {  // no gzip member is shorter
    if (const auto more = refill_input(); !more) return tl::unexpected(more.error());
  }
  const Bytes rest = Bytes(input_).substr(input_taken_, input_given_ - input_taken_);
  if (rest.empty()) return false;
  if (!begins_member(packing_, rest)) {
    return fail_at(FailureKind::malformed, "what follows the last record is no compressed member",
                   input_at_ + input_taken_);
  }
  inflate_->reset();
  member_at_ = input_at_ + input_taken_;
  consumed_before_ = given_ = taken_ = 0;
  in_member_ = true;
  return true;
}

Result<bool> MemberStream::fill_plain() {
  consumed_before_ += given_;
  given_ = taken_ = 0;
  if (input_taken_ == input_given_) {
    if (const auto more = refill_input(); !more) return more;
  }
  given_ = Bytes(input_).substr(0, input_given_).copy(output_.data(), output_.size(), input_taken_);
  input_taken_ += given_;
  return given_ > 0;
}

Result<bool> MemberStream::fill() {
  if (taken_ < given_) return true;
  if (packing_ == Packing::plain) return fill_plain();
  if (!in_member_) return false;
  consumed_before_ += given_;
  given_ = taken_ = 0;
  for (;;) {
    const auto step =
        inflate_->step(Bytes(input_).substr(input_taken_, input_given_ - input_taken_),
                       output_.data() + given_, output_.size() - given_);
    input_taken_ += step.taken;
    given_ += step.given;
    const std::uint64_t stored = input_at_ + input_taken_ - member_at_;
    if (consumed_before_ + given_ >
        std::max<std::uint64_t>(ratio_free, stored * limits_.max_ratio)) {
      return fail_at(FailureKind::too_large, "the member expands without end", member_at_);
    }
    if (step.state == InflateStream::State::broken) {
      return fail_at(FailureKind::malformed,
                     std::string("the compressed data is broken: ") + step.what,
                     input_at_ + input_taken_);
    }
    if (step.state == InflateStream::State::finished) {
      in_member_ = false;
      return given_ > 0;
    }
    if (given_ == output_.size()) return true;
    if (input_taken_ < input_given_ && (step.taken > 0 || step.given > 0)) continue;
    const auto more = refill_input();
    if (!more) return more;
    if (!*more)
      return fail_at(FailureKind::malformed, "the file ends inside a compressed member",
                     member_at_);
  }
}

// The dictionary frame is itself skipped by the decoder; what it holds (bare or as a zstd frame) is
// handed to it.
Result<void> MemberStream::read_dictionary() {
  const Bytes first = Bytes(input_).substr(0, input_given_);
  if (!begins(first, dictionary_magic) || first.size() < 8) return {};
  std::uint32_t size = 0;
  for (int i = 3; i >= 0; --i)
    size = (size << 8U) | static_cast<unsigned char>(first[4 + static_cast<std::size_t>(i)]);
  if (size > limits_.max_json)
    return fail_at(FailureKind::too_large, "the zstd dictionary is too large", input_at_);
  std::string stored(size, '\0');
  const auto got = source_.read_at(input_at_ + 8, stored.data(), stored.size());
  if (!got) return tl::unexpected(got.error());
  if (*got != size)
    return fail_at(FailureKind::malformed, "the file ends inside its zstd dictionary", input_at_);
  std::string dictionary = stored;
  if (begins(stored, zstd_magic)) {
    InflateStream unpack(Coding::zstd);
    dictionary.assign(limits_.max_json, '\0');
    const auto step = unpack.step(stored, dictionary.data(), dictionary.size());
    if (step.state != InflateStream::State::finished) {
      return fail_at(FailureKind::malformed, "the zstd dictionary is broken or too large",
                     input_at_);
    }
    dictionary.resize(step.given);
  }
  if (!inflate_->use_dictionary(dictionary)) {
    return fail_at(FailureKind::malformed, "the zstd dictionary is broken", input_at_);
  }
  input_at_ += 8 + std::uint64_t{size};
  input_taken_ = input_given_ = 0;
  return refill_input().map([](bool) {});
}

}  // namespace loccit
