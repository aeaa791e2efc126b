#include "manifests/check_record.h"

#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "base/files.h"
#include "support/temp_dir.h"

namespace loccit {
namespace {

using testing::TempDir;

CheckRecord a_check(const std::string& started) {
  CheckRecord record;
  record.report.started_at = record.report.finished_at = *from_iso8601(started);
  record.report.document.info = {.title = "A letter", .file = "letter.txt"};
  record.documents = {{"letter.txt", "Dear all"}};
  record.settings = Json::object({{"altered_from", 0.6}});
  record.id = check_id(record.report);
  return record;
}

TEST(KeptChecks, ComeBackByTheirIdAndTheNewestByName) {
  const TempDir folder;
  const CheckRecord early = a_check("2026-11-23T12:00:00Z");
  const CheckRecord late = a_check("2026-11-24T12:00:00Z");
  ASSERT_TRUE(keep_check(folder.path(), late));
  ASSERT_TRUE(keep_check(folder.path(), early));
  const auto newest = read_check(folder.path(), "latest");
  ASSERT_TRUE(newest) << newest.error().message;
  EXPECT_EQ(newest->id, late.id);
  const auto first = read_check(folder.path(), early.id);
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(report_to_json(first->report), report_to_json(early.report));
  EXPECT_EQ(first->documents.at(0).content, "Dear all");
  EXPECT_EQ(first->settings, early.settings);
}

// A hook that runs twice in a second once took the older of two checks for the last one.
TEST(KeptChecks, BegunInOneSecondAreInTheOrderOfTheirWriting) {
  for (const bool exchanged : {false, true}) {
    const TempDir folder;
    CheckRecord first = a_check("2026-11-24T12:00:00Z");
    CheckRecord second = first;
    first.id = exchanged ? "20261124T120000Z-ffffffff" : "20261124T120000Z-00000000";
    second.id = exchanged ? "20261124T120000Z-00000000" : "20261124T120000Z-ffffffff";
    ASSERT_TRUE(keep_check(folder.path(), first));
    std::this_thread::sleep_for(std::chrono::milliseconds(20));  // more than a file system's tick
    ASSERT_TRUE(keep_check(folder.path(), second));
    EXPECT_EQ(read_check(folder.path(), "latest")->id, second.id);
  }
}

TEST(KeptChecks, ThatAreNotThereAreMissedInWords) {
  const TempDir folder;
  EXPECT_NE(read_check(folder.path(), "latest").error().message.find("loccit check"),
            std::string::npos);
  EXPECT_EQ(read_check(folder.path(), "20200101T000000Z-00000000").error().kind,
            FailureKind::not_found);
  EXPECT_EQ(read_check(folder.path(), "../../etc").error().kind, FailureKind::refused);
}

TEST(KeptChecks, CutOffBeforeTheirLastFileDoNotCount) {
  const TempDir folder;
  const CheckRecord whole = a_check("2026-11-23T12:00:00Z");
  ASSERT_TRUE(keep_check(folder.path(), whole));
  std::filesystem::create_directories(folder / "checks" / "20270101T000000Z-00000000" /
                                      "documents");
  EXPECT_EQ(read_check(folder.path(), "latest")->id, whole.id);
}

TEST(KeptSeals, FormAChainForEachDocument) {
  const TempDir folder;
  EXPECT_FALSE(last_seal_of(folder.path(), "letter.txt")->has_value());
  ASSERT_TRUE(keep_seal(
      folder.path(), {"letter.txt", "c", "1.wacz", std::string(64, '1'), "2026-11-23T12:00:00Z"}));
  ASSERT_TRUE(keep_seal(
      folder.path(), {"letter.txt", "c", "2.wacz", std::string(64, '2'), "2026-11-24T12:00:00Z"}));
  ASSERT_TRUE(keep_seal(
      folder.path(), {"other.txt", "c", "3.wacz", std::string(64, '3'), "2026-11-25T12:00:00Z"}));
  EXPECT_EQ((*last_seal_of(folder.path(), "letter.txt"))->sha256, std::string(64, '2'));
}

}  // namespace
}  // namespace loccit
