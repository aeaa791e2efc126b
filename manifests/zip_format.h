// The ZIP format's numbers (APPNOTE.TXT 6.3.10), as far as a bundle needs them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"

namespace loccit::zip_format {

inline constexpr std::uint32_t local_header = 0x04034b50;     // §4.3.7
inline constexpr std::uint32_t descriptor_mark = 0x08074b50;  // §4.3.9.3: customary, not required
inline constexpr std::uint32_t central_header = 0x02014b50;   // §4.3.12
inline constexpr std::uint32_t end_record64 = 0x06064b50;     // §4.3.14
inline constexpr std::uint32_t locator64 = 0x07064b50;        // §4.3.15
inline constexpr std::uint32_t end_record = 0x06054b50;       // §4.3.16

inline constexpr std::size_t local_header_size = 30, central_header_size = 46, end_record_size = 22;
inline constexpr std::size_t end_record64_size = 56, locator64_size = 20;

inline constexpr std::uint64_t none16 = 0xFFFF,
                               none32 = 0xFFFFFFFF;  // "see the ZIP64 field" (§4.4.1.4)

inline constexpr std::uint16_t method_stored = 0, method_deflated = 8;  // §4.4.5

inline constexpr unsigned flag_encrypted = 1U << 0U;  // §4.4.4
inline constexpr unsigned flag_level =
    3U << 1U;  // how hard deflate tried: says nothing of the content
inline constexpr unsigned flag_streamed = 1U << 3U;  // a data descriptor follows
inline constexpr unsigned flag_utf8 = 1U << 11U;
inline constexpr unsigned known_flags = flag_encrypted | flag_level | flag_streamed | flag_utf8;

inline constexpr std::uint16_t extra_zip64 = 0x0001;         // §4.5.3
inline constexpr std::uint16_t extra_unicode_path = 0x7075;  // §4.6.9
// NTFS times, Unix times and owners of three generations, padding for alignment.
inline constexpr std::array<std::uint16_t, 7> harmless_extras = {0x000a, 0x5455, 0x5855, 0x7855,
                                                                 0x7875, 0xcafe, 0xd935};
inline constexpr std::size_t max_harmless_extra = 64;

// Little-endian numbers. The caller has checked that `at` and what follows lies inside.
inline std::uint64_t number(Bytes bytes, std::size_t at, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = size; i > 0; --i)
    value = value << 8U | static_cast<unsigned char>(bytes[at + i - 1]);
  return value;
}
inline std::uint16_t u16(Bytes bytes, std::size_t at) {
  return static_cast<std::uint16_t>(number(bytes, at, 2));
}
inline std::uint32_t u32(Bytes bytes, std::size_t at) {
  return static_cast<std::uint32_t>(number(bytes, at, 4));
}
inline std::uint64_t u64(Bytes bytes, std::size_t at) { return number(bytes, at, 8); }

}  // namespace loccit::zip_format
