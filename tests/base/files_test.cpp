#include "base/files.h"

#include <gtest/gtest.h>

#include "base/digest.h"
#include "base/http_message.h"
#include "base/spool.h"

namespace loccit {
namespace {

TEST(PathInside, RefusesNamesThatClimbOrHide) {
  for (const char* name : {"", "/etc/passwd", "../x", "a/../../x", "a\\..\\x"})
    EXPECT_FALSE(path_inside("/root", name)) << name;
  EXPECT_EQ(path_inside("/r", "archive/a.warc.gz")->string(), "/r/archive/a.warc.gz");
}

TEST(ReadFile, SaysWhatIsWrongInWords) {
  EXPECT_NE(read_file("/nowhere/at/all").error().message.find("No such file"), std::string::npos);
  EXPECT_NE(read_file("/tmp").error().message.find("folder"), std::string::npos);
  EXPECT_EQ(read_file("/dev/zero", {.max_bytes = 1000}).error().kind, FailureKind::too_large);
}

TEST(Spool, IsOneViewWhetherInMemoryOrInAFile) {
  Spool spool(10);
  ASSERT_TRUE(spool.append("0123456789"));
  EXPECT_EQ(spool.view(), "0123456789");
  ASSERT_TRUE(spool.append("abc"));
  EXPECT_EQ(spool.view(), "0123456789abc");
  ASSERT_TRUE(spool.append("d"));
  EXPECT_EQ(spool.view(), "0123456789abcd");
  EXPECT_EQ(spool.size(), 14U);
}

TEST(DigestLabels, AreReadInAllSpellingsOfTheWild) {
  EXPECT_EQ(matches_label("", "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"), true);
  EXPECT_EQ(matches_label("", "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709"), true);
  EXPECT_EQ(
      matches_label("", "SHA-256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"),
      true);
  EXPECT_EQ(matches_label("x", label(sha256(""))), false);
  EXPECT_EQ(matches_label("", "crc32:00000000"), std::nullopt);
}

TEST(Chunking, IsUndoneAndItsFaultsAreNamed) {
  EXPECT_EQ(*remove_chunking("3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: t\r\n\r\n"), "abcde");
  EXPECT_NE(remove_chunking("5\r\nabc").error().message.find("mid-chunk"), std::string::npos);
  EXPECT_FALSE(remove_chunking("<html>"));
  EXPECT_FALSE(remove_chunking("ffffffffffffffff\r\nabc"));
}

}  // namespace
}  // namespace loccit
