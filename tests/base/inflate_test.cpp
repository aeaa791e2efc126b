#include "base/inflate.h"

#include <gtest/gtest.h>
#include <zstd.h>

#include "base/inflate_stream.h"
#include "support/deflated.h"

namespace loccit {
namespace {

using testing::deflated;

const std::string words = [] {
  std::string text;
  for (int i = 0; i < 5; ++i) text += "The words stand here. ";
  return text;
}();

std::string zstd_of(Bytes bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
  return out;
}

std::string from_hex(std::string_view hex) {
  std::string out;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    out.push_back(static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
  }
  return out;
}

// Made by Node's zlib.brotliCompressSync of `words`.
const std::string brotli_words = from_hex("1b6d00f8a541a8cad0b420838c02982ee10777569287e661bfee00");
// 64 MiB of zeros in a few bytes, made the same way.
const std::string brotli_bomb = from_hex(
    "cbffff3ff82700e2b14020f7fe8fffff7ff04f00c4611180eefd1fffffffe09f0088c30200ddfb3ffeffffc13f0110"
    "870500baf77ffcffff837f02200e0b0074effff8ffff07ff04401c1600e8defff1ffff0ffe0980382c00d0bdffcbff"
    "ff3ffc1300715800a07bff07");

TEST(ContentCodings, AreUndoneFromTheLastToTheFirst) {
  EXPECT_EQ(*decode_content(words, ""), words);
  EXPECT_EQ(*decode_content(words, "identity"), words);
  EXPECT_EQ(*decode_content(deflated(words, 31), "gzip"), words);
  EXPECT_EQ(*decode_content(deflated(words, 31), " X-GZIP , "), words);
  EXPECT_EQ(*decode_content(brotli_words, "br"), words);
  EXPECT_EQ(*decode_content(zstd_of(words), "zstd"), words);
  EXPECT_EQ(*decode_content(deflated(brotli_words, 31), "br, gzip"), words);
  EXPECT_FALSE(decode_content(deflated(brotli_words, 31), "gzip, br"));
}

TEST(Deflate, IsReadWithAndWithoutItsZlibWrapper) {
  EXPECT_EQ(*decode_content(deflated(words, 15), "deflate"), words);
  EXPECT_EQ(*decode_content(deflated(words, -15), "deflate"), words);
}

TEST(Gzip, MembersAreJoinedAndTrailingJunkIsIgnored) {
  EXPECT_EQ(*decode_content(deflated(words, 31) + deflated("And more.", 31) + "junk", "gzip"),
            words + "And more.");
  EXPECT_EQ(*decode_content("", "gzip"), "");
}

TEST(Gzip, EveryCutIsNoticedAndWhatCameOutIsKept) {
  const std::string whole = deflated(words, 31);
  for (std::size_t size = 1; size < whole.size(); ++size) {
    std::string so_far;
    const auto decoded = decode_content(Bytes(whole).substr(0, size), "gzip", {}, &so_far);
    ASSERT_FALSE(decoded) << size;
    EXPECT_EQ(decoded.error().kind, FailureKind::malformed);
    EXPECT_EQ(so_far, words.substr(0, so_far.size()));
  }
  std::string so_far;
  ASSERT_FALSE(decode_content(Bytes(whole).substr(0, whole.size() - 8), "gzip", {}, &so_far));
  EXPECT_EQ(so_far, words) << "only the checksum is missing";
}

TEST(Gzip, AWrongChecksumIsMalformed) {
  std::string damaged = deflated(words, 31);
  damaged[damaged.size() - 6] = static_cast<char>(damaged[damaged.size() - 6] ^ 1);
  EXPECT_EQ(decode_content(damaged, "gzip").error().kind, FailureKind::malformed);
}

TEST(Bombs, StopAtTheLimitWhateverTheyAreWrittenIn) {
  const std::string zeros(64U << 20U, '\0');
  for (const auto& [coding, bomb] :
       {std::pair<const char*, std::string>{"gzip", deflated(zeros, 31)},
        {"deflate", deflated(zeros, 15)},
        {"zstd", zstd_of(zeros)},
        {"br", brotli_bomb}}) {
    std::string so_far;
    const auto decoded = decode_content(bomb, coding, {}, &so_far);
    ASSERT_FALSE(decoded) << coding;
    EXPECT_EQ(decoded.error().kind, FailureKind::too_large) << coding;
    EXPECT_LE(so_far.size(), 16U << 20U) << coding;
  }
  EXPECT_EQ(decode_content(deflated(words, 31), "gzip", {.max_output = 10}).error().kind,
            FailureKind::too_large);
}

TEST(Bombs, AreNotBuiltByStackingCodings) {
  EXPECT_EQ(decode_content(words, "gzip,gzip,gzip,gzip,gzip,gzip").error().kind,
            FailureKind::too_large);
}

TEST(UnknownCodings, AreNamed) {
  const auto decoded = decode_content(words, "compress");
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().kind, FailureKind::unsupported);
  EXPECT_NE(decoded.error().message.find("compress"), std::string::npos);
}

}  // namespace
}  // namespace loccit
