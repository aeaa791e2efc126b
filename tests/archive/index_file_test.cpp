#include "archive/index_file.h"

#include <gtest/gtest.h>

namespace loccit {
namespace {

const std::string warc = "archive/loccit-20261126180000-a1b2c3d4-00001.warc.gz";

IndexEntries some_entries() {
  IndexEntries entries;
  CaptureEntry capture;
  capture.record = {.id = "urn:uuid:6f1c1a30-0000-4000-8000-000000000001",
                    .requested_url = "https://a.example/straße?q=\"1\"",
                    .final_url = "https://a.example/end",
                    .fetched_at = Timestamp(std::chrono::microseconds(1'795'000'000'123'456)),
                    .warc = warc,
                    .offset = 300,
                    .length = 70,
                    .sha256 = std::string(64, 'a'),
                    .bytes = 5'000'000'000,
                    .media_type = "text/html",
                    .status = 200,
                    .untrusted = true,
                    .revisit_of = "urn:uuid:6f1c1a30-0000-4000-8000-000000000002"};
  capture.first = 200;
  capture.metadata = 370;
  entries.captures = {capture, CaptureEntry{.record = {.id = "x", .warc = warc}, .first = 1}};
  entries.originals = {{.target_uri = "https://a.example/end",
                        .date = capture.record.fetched_at,
                        .digest = "sha256:" + std::string(64, 'b'),
                        .id = "urn:uuid:1",
                        .place = {warc, 300}}};
  entries.chains = {{std::string(64, 'c'), 250}};
  entries.texts = {{"x", 400}};
  entries.indexed_to = 999;
  return entries;
}

TEST(IndexFile, LiesBesideItsWarcFileUnderTheSameName) {
  EXPECT_EQ(index_file_name(warc), "index/loccit-20261126180000-a1b2c3d4-00001.jsonl.gz");
}

TEST(IndexFile, GivesBackWhatItWasMadeOf) {
  const IndexEntries before = some_entries();
  const auto after = from_index_file(to_index_file(warc, before), warc, 999);
  ASSERT_TRUE(after) << after.error().message;
  ASSERT_EQ(after->captures.size(), 2U);
  const SnapshotRecord& was = before.captures[0].record;
  const SnapshotRecord& is = after->captures[0].record;
  EXPECT_EQ(
      std::tie(is.id, is.requested_url, is.final_url, is.fetched_at, is.warc, is.offset),
      std::tie(was.id, was.requested_url, was.final_url, was.fetched_at, was.warc, was.offset));
  EXPECT_EQ(std::tie(is.length, is.sha256, is.bytes, is.media_type, is.status, is.untrusted),
            std::tie(was.length, was.sha256, was.bytes, was.media_type, was.status, was.untrusted));
  EXPECT_EQ(is.revisit_of, was.revisit_of);
  EXPECT_EQ(after->captures[0].first, 200U);
  EXPECT_EQ(after->captures[0].metadata, 370U);
  EXPECT_EQ(after->captures[1].metadata, std::nullopt);
  EXPECT_EQ(after->originals[0].target_uri, before.originals[0].target_uri);
  EXPECT_EQ(after->originals[0].date, before.originals[0].date);
  EXPECT_EQ(after->originals[0].digest, before.originals[0].digest);
  EXPECT_EQ(after->originals[0].place.offset, 300U);
  EXPECT_EQ(after->chains[0].sha256, before.chains[0].sha256);
  EXPECT_EQ(after->chains[0].offset, 250U);
  EXPECT_EQ(after->texts[0].snapshot_id, "x");
  EXPECT_EQ(after->texts[0].offset, 400U);
  EXPECT_EQ(after->indexed_to, 999U);
}

TEST(IndexFile, IsRefusedWhereItIsNotThatOfTheWholeFile) {
  const std::string file = to_index_file(warc, some_entries());
  EXPECT_FALSE(from_index_file(file, warc, 1000)) << "the file has grown";
  EXPECT_FALSE(from_index_file(file, "archive/another.warc.gz", 999));
  EXPECT_FALSE(from_index_file("", warc, 0));
  for (std::size_t i = 0; i < file.size(); ++i) {
    std::string torn = file.substr(0, i);
    EXPECT_FALSE(from_index_file(torn, warc, 999)) << "cut off at " << i;
  }
}

TEST(IndexFile, IsNotMadeOfWhatJsonCannotTell) {
  IndexEntries entries = some_entries();
  entries.captures[0].record.requested_url = "https://a.example/\xFF";
  EXPECT_EQ(to_index_file(warc, entries), "");
}

}  // namespace
}  // namespace loccit
