#include "checks/history.h"

#include <filesystem>
#include <sstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "checks/one_citation.h"

namespace loccit {
namespace {

using std::chrono::hours;

const Timestamp first_day = *from_iso8601("2026-03-01T09:00:00Z");

class HistoryTest : public testing::Test {
 protected:
  void SetUp() override {
    file_ = std::filesystem::temp_directory_path() /
            ("loccit-history-" + std::to_string(::getpid()) + ".db");
    std::filesystem::remove(file_);
    registry_.emplace(*Registry::open(file_.string()));
    RecordOptions options;
    options.document_name = "letter.txt";
    for (const auto& [day, state] : {std::pair(0, QuoteState::verbatim),
                                     {7, QuoteState::verbatim},
                                     {14, QuoteState::altered}}) {
      const auto change =
          state == QuoteState::altered ? std::optional(ChangeKind::meaning) : std::nullopt;
      EXPECT_TRUE(
          registry_->record(one_citation(first_day + hours(24 * day), state, change), options));
    }
  }
  void TearDown() override {
    registry_.reset();
    for (const char* suffix : {"", "-wal", "-shm"})
      std::filesystem::remove(file_.string() + suffix);
  }
  std::filesystem::path file_;
  std::optional<Registry> registry_;
};

TEST_F(HistoryTest, SaysBetweenWhichChecksTheWordsWent) {
  HistoryQuery query;
  query.document = "letter.txt";
  const auto history = read_history(*registry_, query);
  ASSERT_TRUE(history) << history.error().message;
  std::ostringstream out;
  write_history(*history, out);
  EXPECT_NE(out.str().find("letter.txt: 3 checks"), std::string::npos) << out.str();
  EXPECT_NE(out.str().find("stood on 2026-03-01 and still on 2026-03-08, gone on 2026-03-15"),
            std::string::npos)
      << out.str();
  EXPECT_NE(out.str().find("up → changed"), std::string::npos) << out.str();
}

TEST_F(HistoryTest, IsTheSameAsJson) {
  HistoryQuery query;
  query.document = "letter.txt";
  const Json json = history_to_json(*read_history(*registry_, query));
  EXPECT_EQ(*json.find("schema")->as_string(), "loccit.history/1");
  const Json& citation = json.find("citations")->as_array()->at(0);
  EXPECT_EQ(*citation.find("standing")->as_string(), "changed");
  EXPECT_EQ(*citation.find("stood")->as_array()->at(0).find("gone_by")->as_string(),
            "2026-03-15T09:00:00Z");
  EXPECT_EQ(citation.find("checks")->as_array()->size(), 3U);
}

TEST_F(HistoryTest, OfADocumentThatWasNeverCheckedSaysWhatToDo) {
  HistoryQuery query;
  query.document = "other.txt";
  const auto history = read_history(*registry_, query);
  ASSERT_FALSE(history);
  EXPECT_NE(history.error().message.find("loccit check"), std::string::npos);
}

}  // namespace
}  // namespace loccit
