// An archive whose files lie in an S3 store; the folder is but a spool.
#include <random>

#include <gtest/gtest.h>

#include "archive/archive.h"
#include "archive/exchanges.h"
#include "archive/remote_store.h"
#include "support/swift_store.h"

namespace loccit {
namespace {

using testing::page;
using testing::SwiftStore;
using testing::TempDir;

std::string words_of(const Archive& archive, const std::string& url) {
  const auto records = archive.snapshots_of(url);
  if (records.empty()) return "(no snapshot)";
  const auto snapshot = archive.get(records.back());
  return snapshot ? std::string(snapshot->exchange.hops.back().body.view())
                  : snapshot.error().message;
}

TEST(S3Place, IsABucketAndAPrefix) {
  EXPECT_EQ(s3_place_from("s3://bucket")->prefix, "");
  EXPECT_EQ(s3_place_from("s3://bucket/a/b")->prefix, "a/b/");
  EXPECT_EQ(s3_place_from("s3:/bucket/a/")->bucket, "bucket");
  EXPECT_FALSE(s3_place_from("/srv/archive"));
  EXPECT_FALSE(s3_place_from("s3://"));
}

TEST(ArchiveOnSwift, IsSharedByWritersAndReadersAndSurvivesTheirEnd) {
  if (!SwiftStore::available()) GTEST_SKIP() << "Debian's swift-* or memcached are not installed";
  const SwiftStore store;
  store.bucket("evidence");
  const auto open = [&](const TempDir& spool, ArchiveMode mode) {
    ArchiveOptions options;
    options.remote = std::make_shared<RemoteStore>(S3Place{"evidence", "x/"}, store.settings());
    auto archive = Archive::open(spool.path(), mode, options);
    if (!archive) throw std::runtime_error(archive.error().message);
    return std::move(*archive);
  };
  const TempDir first, second, reader;
  {
    Archive one = open(first, ArchiveMode::write);
    Archive two = open(second, ArchiveMode::write);
    ASSERT_TRUE(one.put(page("http://a.test/", "of the first")));
    ASSERT_TRUE(two.put(page("http://b.test/", "of the second")));
    ASSERT_TRUE(one.publish());
    ASSERT_TRUE(two.publish());
    EXPECT_EQ(words_of(one, "http://a.test/"), "of the first") << "read back from the store";
    EXPECT_TRUE(std::filesystem::is_empty(first / "archive")) << "nothing is kept twice";
    ASSERT_TRUE(one.put(page("http://c.test/", "not published")));
    ASSERT_TRUE(one.sync());
  }  // as if it had been killed before it could publish
  const Archive both = open(reader, ArchiveMode::read);
  EXPECT_EQ(words_of(both, "http://a.test/"), "of the first");
  EXPECT_EQ(words_of(both, "http://b.test/"), "of the second");
  EXPECT_EQ(words_of(both, "http://c.test/"), "(no snapshot)");

  Archive again = open(first, ArchiveMode::write);
  EXPECT_EQ(words_of(again, "http://c.test/"), "not published") << "the spool was taken up again";
  EXPECT_EQ(words_of(again, "http://b.test/"), "of the second") << "and what others wrote is seen";
  ASSERT_TRUE(again.publish());
  std::string large(700'000, '\0');  // over several of the stretches that are fetched at once
  std::mt19937 random(7);
  for (char& c : large) c = static_cast<char>(random());
  ASSERT_TRUE(again.put(page("http://d.test/", large)));
  ASSERT_TRUE(again.put(page("http://e.test/", "after a large one")));
  ASSERT_TRUE(again.publish());
  EXPECT_EQ(words_of(again, "http://d.test/"), large);
  EXPECT_EQ(words_of(again, "http://e.test/"), "after a large one");
  const TempDir late, later;
  EXPECT_EQ(words_of(open(late, ArchiveMode::read), "http://c.test/"), "not published");

  S3Client client("evidence", store.settings());
  const auto indexes = client.list("x/index/");
  ASSERT_TRUE(indexes) << indexes.error().message;
  EXPECT_EQ(indexes->size(), 4U) << "one beside each WARC file";
  for (const S3Object& index : *indexes) ASSERT_TRUE(client.remove(index.key));
  const Archive scanned = open(later, ArchiveMode::read);
  EXPECT_EQ(words_of(scanned, "http://a.test/"), "of the first") << "the WARC files were read";
  EXPECT_EQ(words_of(scanned, "http://d.test/"), large);
}

}  // namespace
}  // namespace loccit
