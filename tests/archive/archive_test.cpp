#include "archive/archive.h"

#include <gtest/gtest.h>

#include "archive/exchanges.h"
#include "base/digest.h"
#include "base/files.h"
#include "support/temp_dir.h"

namespace loccit {
namespace {

using namespace testing;
using ::testing::Test;

Result<Archive> open_to_write(const TempDir& folder, std::uint64_t roll_over = 1U << 30U) {
  return Archive::open(
      folder.path() / "a", ArchiveMode::write,
      {.roll_over_bytes = roll_over, .clock = stopped_clock(), .ids = counted_ids()});
}

Result<Archive> open_to_read(const TempDir& folder) {
  return Archive::open(folder.path() / "a", ArchiveMode::read);
}

TEST(AnArchive, GivesBackEveryFieldOfAnExchange) {
  Exchange exchange;
  exchange.requested_url = "http://example.org/old page#part";
  exchange.started_at = at("2026-11-24T16:00:00.123456Z");
  exchange.tries = 2;
  exchange.untrusted = true;
  exchange.note = "robots.txt ignored – \"as told\"";
  exchange.hops.push_back(hop("http://example.org/old%20page",
                              "HTTP/1.1 301 Moved\r\nLocation: https://example.org/new\r\n\r\n"));
  exchange.hops.push_back(hop("https://example.org/new",
                              "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX: 1\r\nX: "
                              "2\r\nTransfer-Encoding: chunked\r\n\r\n",
                              "5\r\nhello\r\n0\r\n\r\n"));
  Hop& last = exchange.hops.back();
  last.truncation = Truncation::time;
  last.tls = TlsSession{"TLSv1.3",
                        "TLS_AES_128_GCM_SHA256",
                        false,
                        "certificate has expired",
                        {"leaf\n", "middle", "root\n"}};
  last.timings.tls = std::chrono::microseconds(77);

  const TempDir folder;
  auto archive = open_to_write(folder);
  ASSERT_TRUE(archive) << archive.error().message;
  const auto record = archive->put(exchange);
  ASSERT_TRUE(record) << record.error().message;
  EXPECT_EQ(record->status, 200);
  EXPECT_EQ(record->final_url, "https://example.org/new");
  EXPECT_EQ(record->sha256, to_hex(sha256("hello")));
  EXPECT_EQ(record->bytes, 5U);
  EXPECT_EQ(record->media_type, "text/html");
  const auto snapshot = archive->get(*record);
  ASSERT_TRUE(snapshot) << snapshot.error().message;
  expect_equal(exchange, snapshot->exchange);
}

TEST(AnArchive, KeepsAFailedFetchAsASnapshot) {
  const TempDir folder;
  auto archive = open_to_write(folder);
  ASSERT_TRUE(archive);
  std::vector<Exchange> exchanges;
  exchanges.push_back(
      failed("not a URL at all", FetchFault::bad_url, "the address does not parse"));
  exchanges.push_back(failed("http://example.org/", FetchFault::connection_refused,
                             "example.org refused the connection (80) after 3 tries"));
  exchanges.push_back(failed("http://example.org/cut", FetchFault::truncated_body, "broke off"));
  exchanges.back().hops.push_back(
      hop("http://example.org/cut", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", "only this"));
  exchanges.back().hops.back().truncation = Truncation::disconnect;
  exchanges.push_back(failed("http://example.org:22/", FetchFault::bad_response, "is not HTTP"));
  exchanges.back().hops.push_back(hop("http://example.org:22/", "SSH-2.0-OpenSSH_9\r\n"));
  exchanges.push_back(failed("http://example.org/quiet", FetchFault::timed_out, "said nothing"));
  exchanges.back().hops.push_back(hop("http://example.org/quiet", ""));
  for (const Exchange& exchange : exchanges) {
    const auto record = archive->put(exchange);
    ASSERT_TRUE(record) << record.error().message;
    EXPECT_EQ(record->status, 0);
    EXPECT_EQ(record->sha256, "");
    const auto snapshot = archive->get(*record);
    ASSERT_TRUE(snapshot) << snapshot.error().message;
    expect_equal(exchange, snapshot->exchange);
  }
}

TEST(AnArchive, FindsSnapshotsByUrlByIdAndInOrderOfTime) {
  const TempDir folder;
  auto archive = open_to_write(folder);
  ASSERT_TRUE(archive);
  const auto late = archive->put(page("http://example.org/a", "late", "2026-11-24T18:00:00Z"));
  const auto early =
      archive->put(page("http://EXAMPLE.org:80/a#x", "early", "2026-11-24T17:00:00Z"));
  const auto other = archive->put(page("http://example.org/b", "other"));
  ASSERT_TRUE(late && early && other);
  const auto found = archive->snapshots_of("http://example.org/a");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].id, early->id);
  EXPECT_EQ(found[0].requested_url, "http://EXAMPLE.org:80/a#x");
  EXPECT_EQ(found[1].id, late->id);
  EXPECT_EQ(archive->find(other->id)->requested_url, "http://example.org/b");
  EXPECT_EQ(archive->find("urn:uuid:none"), std::nullopt);
  EXPECT_TRUE(archive->snapshots_of("http://example.org/c").empty());
  EXPECT_EQ(archive->all().size(), 3U);
  EXPECT_EQ(archive->get(found[0])->exchange.hops[0].body.view(), "early");
}

TEST(AnArchive, IsTheSameAfterItWasClosedAndOpenedAgain) {
  const TempDir folder;
  std::optional<SnapshotRecord> record;
  {
    auto archive = open_to_write(folder);
    ASSERT_TRUE(archive);
    record = archive->put(page("http://example.org/", "<p>hello</p>")).value();
    ASSERT_TRUE(archive->put_text(*record, "hello"));
    ASSERT_TRUE(archive->put_text(*record, "hello"));
    ASSERT_TRUE(archive->sync());
  }
  for (const ArchiveMode mode : {ArchiveMode::read, ArchiveMode::write}) {
    const auto archive = Archive::open(folder.path() / "a", mode);
    ASSERT_TRUE(archive) << archive.error().message;
    EXPECT_TRUE(archive->messages().empty()) << archive->messages().front();
    ASSERT_EQ(archive->all().size(), 1U);
    const SnapshotRecord again = archive->all().front();
    EXPECT_EQ(again.id, record->id);
    EXPECT_EQ(again.offset, record->offset);
    EXPECT_EQ(again.length, record->length);
    EXPECT_EQ(again.sha256, record->sha256);
    EXPECT_EQ(again.warc, record->warc);
    EXPECT_EQ(archive->get(again)->exchange.hops[0].body.view(), "<p>hello</p>");
    EXPECT_EQ(archive->text_of(again).value(), "hello");
  }
}

TEST(AnArchive, WritesTheSameBytesForTheSameInput) {
  std::vector<std::string> files;
  for (int i = 0; i < 2; ++i) {
    const TempDir folder;
    auto archive = open_to_write(folder);
    ASSERT_TRUE(archive);
    ASSERT_TRUE(archive->put(page("http://example.org/", "<p>hello</p>")));
    ASSERT_TRUE(archive->put(failed("http://example.org/x", FetchFault::timed_out, "no answer")));
    ASSERT_TRUE(archive->put(page("http://example.org/large", std::string(9U << 20U, 'x'))));
    files.push_back(
        read_file(folder.path() / "a/archive/loccit-20261124160000-00001.warc.gz").value());
  }
  EXPECT_EQ(files[0], files[1]);
  EXPECT_EQ(files[0].substr(0, 10), std::string("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff", 10))
      << "no time, no name, no system";
}

TEST(AnArchive, RollsOverAndReadsFromEveryFile) {
  const TempDir folder;
  auto archive = open_to_write(folder, 2000);
  ASSERT_TRUE(archive);
  for (int i = 0; i < 6; ++i) {
    ASSERT_TRUE(
        archive->put(page("http://example.org/" + std::to_string(i), "body " + std::to_string(i))));
  }
  std::set<std::string> files;
  for (const SnapshotRecord& record : archive->all()) {
    files.insert(record.warc);
    EXPECT_EQ(archive->get(record)->exchange.hops[0].body.view(),
              "body " + record.requested_url.substr(19));
  }
  EXPECT_GT(files.size(), 1U);
  EXPECT_TRUE(files.contains("archive/loccit-20261124160000-00002.warc.gz"));
}

TEST(ASecondWriter, IsTurnedAwayWithTheFirstOnesNumber) {
  const TempDir folder;
  const auto first = open_to_write(folder);
  ASSERT_TRUE(first);
  const auto second = open_to_write(folder);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, FailureKind::conflict);
  EXPECT_NE(second.error().message.find("process " + std::to_string(::getpid())), std::string::npos)
      << second.error().message;
  EXPECT_TRUE(open_to_read(folder)) << "readers need no lock";
}

TEST(AFolderThatCannotBeMade, IsNamed) {
  const TempDir folder;
  const std::string file = folder.file("file", "x");
  const auto archive = Archive::open(file + "/below", ArchiveMode::write);
  ASSERT_FALSE(archive);
  EXPECT_NE(archive.error().message.find("cannot be written"), std::string::npos);
  EXPECT_NE(archive.error().message.find(file), std::string::npos);
  EXPECT_EQ(Archive::open(folder.path() / "nowhere", ArchiveMode::read).error().kind,
            FailureKind::not_found);
}

}  // namespace
}  // namespace loccit
