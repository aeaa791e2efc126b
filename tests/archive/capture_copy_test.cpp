#include "archive/capture_copy.h"

#include <gtest/gtest.h>

#include "archive/archive.h"
#include "archive/exchanges.h"
#include "archive/warc_format.h"
#include "archive/warc_writer.h"
#include "support/temp_dir.h"

namespace loccit {
namespace {

using namespace testing;

// The copy as a file of its own, read by an archive that has nothing else.
Result<Archive> standing_alone(const CapturedRecords& copy, Spool& file) {
  EXPECT_TRUE(append_warcinfo(file, "urn:uuid:0", at("2026-11-24T16:00:00Z"), "copy",
                              warc::capture_layout, {}));
  EXPECT_TRUE(file.append(copy.ours.view()));
  return Archive::of_files({ByteSource::of(file.view(), "archive/copy.warc.gz")});
}

TEST(CopiedCaptures, StandAloneAndAreWhatTheyWere) {
  const TempDir folder;
  auto archive = Archive::open(folder.path() / "a", ArchiveMode::write, {.ids = counted_ids()});
  ASSERT_TRUE(archive) << archive.error().message;
  ASSERT_TRUE(archive->put(page("http://example.org/other", "other")));
  const auto first =
      archive->put(page("http://example.org/a", "same words", "2026-11-24T16:00:00Z"));
  const auto again =
      archive->put(page("http://example.org/a", "same words", "2026-11-24T17:00:00Z"));
  const auto lost =
      archive->put(failed("http://example.org/lost", FetchFault::timed_out, "said nothing"));
  ASSERT_TRUE(first && again && lost);
  ASSERT_FALSE(again->revisit_of.empty()) << "the second capture should lean on the first";
  ASSERT_TRUE(archive->put_text(*again, "same words"));

  const auto copy = archive->copy(std::vector{*again, *lost, *again});
  ASSERT_TRUE(copy) << copy.error().message;
  Spool file;
  const auto alone = standing_alone(*copy, file);
  ASSERT_TRUE(alone) << alone.error().message;
  EXPECT_TRUE(alone->messages().empty()) << alone->messages().front();
  ASSERT_EQ(alone->all().size(), 2U) << "what a revisit leans on is no capture of its own";
  for (const auto& record : {*again, *lost}) {
    const auto there = archive->get(record);
    const auto here = alone->get(alone->find(record.id).value());
    ASSERT_TRUE(there && here);
    expect_equal(there->exchange, here->exchange);
  }
  EXPECT_EQ(alone->text_of(*again)->value(), "same words");
}

TEST(CopiedCaptures, BringTheCertificateChainThatTheirFileHeldAlready) {
  const TempDir folder;
  auto archive = Archive::open(folder.path() / "a", ArchiveMode::write, {.ids = counted_ids()});
  ASSERT_TRUE(archive);
  const auto secure = [](const char* url) {
    Exchange exchange = page(url, std::string("words of ") + url);
    exchange.hops.back().tls = TlsSession{.version = "TLSv1.3", .chain_pem = {"leaf", "root"}};
    return exchange;
  };
  ASSERT_TRUE(archive->put(secure("https://example.org/1")));
  const auto second = archive->put(secure("https://example.org/2"));
  ASSERT_TRUE(second);
  const auto copy = archive->copy(std::span(&*second, 1));
  ASSERT_TRUE(copy) << copy.error().message;
  Spool file;
  const auto alone = standing_alone(*copy, file);
  ASSERT_TRUE(alone);
  const auto here = alone->get(alone->find(second->id).value());
  ASSERT_TRUE(here) << here.error().message;
  EXPECT_EQ(here->exchange.hops.back().tls->chain_pem, (std::vector<std::string>{"leaf", "root"}));
}

TEST(CopiedCaptures, LeaveLongTextsOut) {
  const TempDir folder;
  auto archive = Archive::open(folder.path() / "a", ArchiveMode::write);
  ASSERT_TRUE(archive);
  const auto record = archive->put(page("http://example.org/", "words"));
  std::string noise;
  for (unsigned i = 1, x = 7; i < 20'000; ++i)
    noise.push_back(static_cast<char>('a' + (x = x * 1103515245 + 12345) / 65536 % 26));
  ASSERT_TRUE(archive->put_text(*record, noise));
  const auto copy = archive->copy(std::span(&*record, 1));
  ASSERT_TRUE(copy);
  EXPECT_LT(copy->ours.size(), 4096U);
}

}  // namespace
}  // namespace loccit
