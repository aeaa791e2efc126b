#include "manifests/zip_directory.h"

#include <gtest/gtest.h>

#include "support/zip_builder.h"

namespace loccit {
namespace {

using testing::make_zip;
using testing::ZipPiece;
using testing::ZipShape;

// Reads everything, as an auditor does.
Result<std::string> contents(Bytes zip, const ZipLimits& limits = {}) {
  const auto directory = read_zip_directory(zip, limits);
  if (!directory) return tl::unexpected(directory.error());
  std::string out;
  for (const ZipEntry& entry : directory->entries) {
    const auto content = zip_entry_content(entry, 1U << 20U);
    if (!content) return content;
    out += entry.name + "=" + *content + ";";
  }
  return out;
}

void refused(const std::string& zip, std::string_view because) {
  const auto read = contents(zip);
  ASSERT_FALSE(read) << *read << ", although it " << because;
  EXPECT_NE(read.error().message.find(because), std::string::npos) << read.error().message;
}

const std::string text(3000, 'a');

TEST(ZipDirectory, ReadsWhatTheWritersOfBundlesWrite) {
  const std::string expected = "a.txt=hello;b/c.json=" + text + ";";
  for (const bool deflate : {false, true}) {
    for (const bool streamed : {false, true}) {
      for (const bool zip64 : {false, true}) {
        const std::vector<ZipPiece> pieces{
            {.name = "a.txt", .content = "hello", .streamed = streamed, .zip64 = zip64},
            {.name = "b/c.json",
             .content = text,
             .deflate = deflate,
             .streamed = streamed,
             .zip64 = zip64}};
        EXPECT_EQ(contents(make_zip(pieces, {.zip64 = zip64})).value_or("refused"), expected);
      }
    }
  }
  EXPECT_EQ(contents(make_zip({})).value_or("refused"), "");
  EXPECT_EQ(contents(make_zip({{.name = "b/", .content = ""}, {.name = "b/c", .content = "x"}}))
                .value_or("refused"),
            "b/=;b/c=x;");
}

TEST(ZipDirectory, TakesTheTimesAndOwnersThatWritersAdd) {
  const std::string unix_time("UT\x05\x00\x01\x00\x00\x00\x00", 9);
  EXPECT_TRUE(contents(make_zip(
      {{.name = "a", .content = "x", .local_extra = unix_time, .central_extra = unix_time}})));
  refused(make_zip({{.name = "a", .content = "x", .local_extra = unix_time + unix_time}}),
          "extra field twice");
  refused(make_zip({{.name = "a", .content = "x", .local_extra = std::string("ZZ\x03\x00yes", 7)}}),
          "could hide content");
  refused(
      make_zip({{.name = "a", .content = "x", .central_extra = std::string("UT\x05\x00\x01", 5)}}),
      "broken extra field");
}

TEST(ZipDirectory, LeavesNoByteUnaccountedFor) {
  const std::vector<ZipPiece> good{{.name = "a", .content = "x"}, {.name = "b", .content = "y"}};
  refused(make_zip(good, {.before = "#!/bin/sh\n"}), "something before");
  refused(make_zip(good) + "tail", "does not end with an end record");
  refused(make_zip(good, {.comment = "hidden"}), "does not end with an end record");
  refused(make_zip(good, {.after_directory = "hidden"}), "between its directory and its end");
  refused(
      make_zip({{.name = "a", .content = "x", .after = "hidden"}, {.name = "b", .content = "y"}}),
      "bytes after \"a\"");
  refused(make_zip({{.name = "a", .content = "x", .streamed = true, .after = "hidden"}}),
          "not its data descriptor");
  refused(make_zip({{.name = "a", .content = "x", .comment = "hidden"}}), "comment at \"a\"");
  refused(make_zip(good, {.extra_count = 1}), "breaks off");
  refused(make_zip(good, {.extra_count = -1}), "more in its directory");
}

TEST(ZipDirectory, HasOneMeaningForEveryReader) {
  refused(make_zip({{.name = "a", .content = "x", .local_name = "b"}}), "in its directory and");
  refused(make_zip({{.name = "a", .content = "x"}, {.name = "a", .content = "y"}}), "\"a\" twice");
  refused(make_zip({{.name = "a", .content = "x"}, {.name = "A", .content = "y"}}), "\"A\" twice");
  refused(make_zip({{.name = "a", .content = "x"}, {.name = "a/b", .content = "y"}}),
          "as a file and as a folder");
  refused(make_zip({{.name = "a/", .content = "x"}}), "hides content in the folder");
  const std::string other_name("up\x06\x00\x01\x00\x00\x00\x00z", 10);
  refused(make_zip({{.name = "a", .content = "x", .central_extra = other_name}}),
          "could hide content");
}

TEST(ZipDirectory, RefusesNamesThatClimbOrDeceive) {
  for (const auto& [name, because] : std::vector<std::pair<std::string, std::string>>{
           {"/etc/passwd", "is absolute"},
           {"../x", "climbs"},
           {"a/../../x", "climbs"},
           {"a\\b", "backslash"},
           {"C:/x", "drive"},
           {"a//b", "empty part"},
           {"./a", "empty part"},
           {"", "is empty"},
           {std::string("a\0b", 3), "control character"},
           {"a\nb", "control character"},
           {"\xff", "not UTF-8"},
           {std::string(2000, 'n'), "too long"}}) {
    refused(make_zip({{.name = name, .content = "x"}}), because);
  }
  EXPECT_TRUE(contents(make_zip({{.name = "pages/ä.json", .content = "x", .flags = 1U << 11U}})));
}

TEST(ZipDirectory, RefusesWhatIsEncryptedOrPackedOtherwise) {
  refused(make_zip({{.name = "a", .content = "x", .flags = 1}}), "encrypted");
  refused(make_zip({{.name = "a", .content = "x", .flags = 1U << 13U}}), "flags");
  refused(make_zip({{.name = "a", .content = "x", .method = 12}}), "method 12");
  refused(make_zip({{.name = "a", .content = "x", .claimed_size = 2}}), "two sizes");
}

TEST(ZipDirectory, BoundsWhatItReads) {
  EXPECT_EQ(contents(make_zip({{.name = "a", .content = "x"}, {.name = "b", .content = "y"}}),
                     {.max_entries = 1})
                .error()
                .kind,
            FailureKind::too_large);
  refused(
      make_zip({{.name = "a", .content = text, .deflate = true, .claimed_size = 1'000'000'000}}),
      "impossible size");
  refused(make_zip({{.name = "a", .content = text, .deflate = true, .claimed_size = 2999}}),
          "to more than its header says");
  refused(make_zip({{.name = "a", .content = text, .deflate = true, .claimed_size = 3001}}),
          "to less than its header says");
  const std::string zip = make_zip({{.name = "a", .content = text}});
  const auto directory = read_zip_directory(zip);
  EXPECT_EQ(zip_entry_content(directory->entries.front(), 100).error().kind,
            FailureKind::too_large);
}

// Cut anywhere or bent anywhere, a ZIP file is refused, or nothing that it says has changed.
TEST(ZipDirectory, CutOrBentIsRefusedOrSaysTheSame) {
  for (const bool zip64 : {false, true}) {
    const std::string zip =
        make_zip({{.name = "a", .content = "hello", .streamed = zip64, .zip64 = zip64},
                  {.name = "b", .content = text, .deflate = true}},
                 {.zip64 = zip64});
    const std::string right = *contents(zip);
    for (std::size_t i = 0; i < zip.size(); ++i) {
      EXPECT_FALSE(contents(zip.substr(0, i)));
      for (int bit = 0; bit < 8; ++bit) {
        std::string bent = zip;
        bent[i] = static_cast<char>(bent[i] ^ (1 << bit));
        const auto read = contents(bent);
        EXPECT_TRUE(!read || *read == right) << "byte " << i << " bit " << bit;
      }
    }
  }
}

}  // namespace
}  // namespace loccit
