// What prune must leave: everything that a verdict, a kept check or a bundle may have to be made
// from again.
#include "checks/retention.h"

#include <thread>

#include <gtest/gtest.h>

#include "checks/checking.h"
#include "checks/evidence.h"
#include "manifests/check_record.h"

namespace loccit {
namespace {

using namespace loccit::testing;

class Retention : public ::testing::Test {
 protected:
  Report checked(const std::string& words, bool recorded) {
    const LoopbackSite site([&](const SiteRequest& request) {
      SiteReply reply;
      if (request.target == "/robots.txt") reply.status = 404;
      reply.body = html_page("Page", words);
      return reply;
    });
    Fetcher fetcher = fetcher_for(site);
    Archive archive = archive_in(folder_);
    auto report = check(document_, fetcher, archive, {});
    if (!report) throw std::runtime_error(report.error().message);
    if (recorded) {
      auto registry = Registry::open((folder_ / "registry.db").string());
      RecordOptions how;
      how.document_name = "a.txt";
      if (!registry->record(*report, how)) throw std::runtime_error("not recorded");
    }
    return *report;
  }
  std::set<std::string> kept() {
    auto registry = Registry::open((folder_ / "registry.db").string());
    return *snapshots_to_keep(archive_in(folder_, ArchiveMode::read), *registry);
  }

  TempDir folder_;
  Document document_ = citing({{"http://a.test/page", "the harbour is not open to ships"}});
};

TEST_F(Retention, EveryRecordedCheckCanBeMadeAgain) {
  std::vector<Report> reports;
  for (const char* words : {"They say the harbour is not open to ships.", "Something else.",
                            "They say the harbour is open to ships."})
    reports.push_back(checked(words, true));
  const std::set<std::string> keep = kept();
  Archive archive = archive_in(folder_);
  const std::size_t before = archive.all().size();
  const auto pruned =
      archive.prune([&](const SnapshotRecord& record) { return !keep.contains(record.id); },
                    Archive::Prune::remove);
  ASSERT_TRUE(pruned) << pruned.error().message;
  EXPECT_EQ(archive.all().size(), before) << "all were fetched by checks";
  for (const Report& report : reports) {
    const auto evidence = gather_evidence(report, archive, {});
    ASSERT_TRUE(evidence) << evidence.error().message;
    EXPECT_EQ(first_difference(report, evidence->verdicts), "");
  }
}

TEST_F(Retention, WhatNoCheckRecordedMayGoUnlessItIsTheNewest) {
  const Report older = checked("A look interrupted earlier.", false);
  const Report lost = checked("An interrupted look.", false);
  std::this_thread::sleep_for(
      std::chrono::milliseconds(2100));  // a check's times are kept a second wider
  const Report recorded = checked("They say the harbour is not open to ships.", true);
  std::this_thread::sleep_for(std::chrono::milliseconds(2100));
  const Report newest = checked("The newest, which `verify` goes by.", false);
  const std::set<std::string> keep = kept();
  const auto id = [](const Report& report) { return report.verdicts[0].links[0].snapshot->id; };
  EXPECT_TRUE(keep.contains(id(recorded)));
  EXPECT_TRUE(keep.contains(id(newest)));
  EXPECT_TRUE(keep.contains(id(lost))) << "drift of the recorded one was told against it";
  EXPECT_FALSE(keep.contains(id(older)));
}

}  // namespace
}  // namespace loccit
