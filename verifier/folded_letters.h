// The letters of a folded text while they are written: room first, then bytes eight at a time.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "verifier/fold_table.h"

namespace loccit {

inline constexpr std::uint64_t every_byte = 0x0101010101010101U;

inline std::uint64_t eight_bytes(const char* at) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, at, 8);
  return bytes;
}

// Eight bytes may be read past `size`.
inline std::uint32_t hash_of(const char* letters, std::size_t size) {
  std::uint64_t hash = 0x9E3779B97F4A7C15U ^ size;
  const auto mix = [&](std::uint64_t chunk) {
    hash = (hash ^ chunk) * 0xFF51AFD7ED558CCDU;
    hash ^= hash >> 32U;
  };
  for (; size > 8; size -= 8, letters += 8) mix(eight_bytes(letters));
  const std::uint64_t last = eight_bytes(letters);
  mix(size == 8 ? last : last & ((std::uint64_t{1} << (size * 8)) - 1));
  return static_cast<std::uint32_t>(hash ^ (hash >> 29U));
}

// How many of eight bytes, from the first, are letters of ASCII. `lowered` has them in lower case.
inline std::size_t ascii_letters_in(std::uint64_t bytes, std::uint64_t& lowered) {
  static_assert(std::endian::native == std::endian::little);
  lowered = bytes | (0x20U * every_byte);
  const std::uint64_t low_bits = lowered & (0x7FU * every_byte);
  const std::uint64_t from_a = low_bits + (0x80U - 'a') * every_byte;
  const std::uint64_t past_z = low_bits + (0x80U - 'z' - 1) * every_byte;
  const std::uint64_t others = ~(from_a & ~past_z & ~bytes) & (0x80U * every_byte);
  return others == 0 ? 8 : static_cast<std::size_t>(std::countr_zero(others)) / 8;
}
// A string that is written to more often than it grows.
class Letters {
 public:
  explicit Letters(std::size_t expected) : bytes_(expected + longest + slack, '\0') {}

  std::size_t size() const { return size_; }
  std::uint32_t hash_from(std::size_t begin) const {
    return hash_of(bytes_.data() + begin, size_ - begin);
  }
  // To be changed in place, as long as nothing is put.
  std::span<char> from(std::size_t begin) { return {&bytes_[begin], size_ - begin}; }
  void put(char byte) {
    make_room(1);
    bytes_[size_++] = byte;
  }
  void put(const FoldEntry& folded) {
    make_room(longest);
    std::memcpy(&bytes_[size_], folded.bytes, longest);  // of a fixed length: no call
    size_ += folded.length;
  }
  // The letters of ASCII that `text` begins with, in lower case; returns how many.
  std::size_t put_ascii_letters(std::string_view text) {
    std::size_t taken = 0;
    while (taken + 8 <= text.size()) {
      make_room(8);
      std::uint64_t lowered = 0;
      const std::size_t count = ascii_letters_in(eight_bytes(text.data() + taken), lowered);
      std::memcpy(&bytes_[size_], &lowered, 8);
      size_ += count;
      taken += count;
      if (count < 8) return taken;
    }
    for (; taken < text.size(); ++taken) {
      const char lower = static_cast<char>(text[taken] | 0x20);
      if (lower < 'a' || lower > 'z') break;
      put(lower);
    }
    return taken;
  }
  void insert(std::size_t at, const FoldEntry& folded) {
    bytes_.insert(at, folded.bytes, folded.length);
    size_ += folded.length;
  }
  std::string take() {
    bytes_.resize(size_);
    return std::move(bytes_);
  }

 private:
  static constexpr std::size_t longest = sizeof FoldEntry::bytes;
  static constexpr std::size_t slack = 8;  // read, never used
  void make_room(std::size_t count) {
    if (size_ + count + slack > bytes_.size()) bytes_.resize((size_ + count) * 3 / 2 + slack);
  }

  std::string bytes_;
  std::size_t size_ = 0;
};

}  // namespace loccit
