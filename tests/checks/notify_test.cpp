#include "checks/notify.h"

#include <gtest/gtest.h>

#include "checks/one_citation.h"
#include "checks/sinks.h"
#include "registry/registry.h"
#include "support/temp_dir.h"

namespace loccit {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const Timestamp first_day = *from_iso8601("2026-03-01T09:00:00Z");

// Two documents of one citation each, whose words change on the second day.
Report report_of(Timestamp at, bool changed) {
  return changed ? one_citation(at, QuoteState::altered, ChangeKind::meaning)
                 : one_citation(at, QuoteState::verbatim);
}

class Notices : public ::testing::Test {
 protected:
  void SetUp() override {
    registry_.emplace(*Registry::open((folder_ / "registry.db").string()));
    for (const bool changed : {false, true}) {
      for (const char* name : {"a.txt", "b.txt"}) {
        RecordOptions options;
        options.document_name = name;
        ASSERT_TRUE(
            registry_->record(report_of(first_day + hours(changed ? 24 : 0), changed), options));
      }
    }
  }

  Sink sink(const std::string& name) {
    return {name, [this, name](const Message& message) -> Result<void> {
              if (down_ == name) return fail(FailureKind::io, "it is down");
              told_.push_back(name + ": " + message.subject);
              return {};
            }};
  }

  loccit::testing::TempDir folder_;
  std::optional<Registry> registry_;
  std::string down_;
  std::vector<std::string> told_;
  Timestamp now_ = first_day + hours(25);
};

TEST_F(Notices, GoOutOncePerDocumentAndSink) {
  const NotifyOptions options{{sink("one"), sink("two")}, hours(0), ""};
  ASSERT_TRUE(deliver(*registry_, options, now_));
  ASSERT_TRUE(deliver(*registry_, options, now_ + hours(1)));
  EXPECT_EQ(told_, (std::vector<std::string>{
                       "one: loccit: 1 change in a.txt", "two: loccit: 1 change in a.txt",
                       "one: loccit: 1 change in b.txt", "two: loccit: 1 change in b.txt"}));
}

TEST_F(Notices, WhatFailedIsTriedAgainLaterAndOnlyThat) {
  const NotifyOptions options{{sink("one"), sink("two")}, hours(0), ""};
  down_ = "two";
  const auto first = deliver(*registry_, options, now_);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->remarks.size(), 2U);
  ASSERT_TRUE(deliver(*registry_, options, now_ + std::chrono::seconds(30)));
  EXPECT_EQ(told_.size(), 2U) << "not before the pause is over";
  down_ = "";
  ASSERT_TRUE(deliver(*registry_, options, now_ + minutes(2)));
  EXPECT_EQ(told_.size(), 4U) << "by the one that was up once, by the other once";
  EXPECT_TRUE(registry_->waiting_notices(now_ + hours(99))->empty());
}

TEST_F(Notices, TwoWorkersTellEachOnce) {
  const auto seen_by_both = *registry_->waiting_notices(now_);
  ASSERT_EQ(seen_by_both.size(), 2U);
  EXPECT_EQ(registry_->claim(seen_by_both, now_, now_ + minutes(5))->size(), 2U);
  EXPECT_TRUE(registry_->claim(seen_by_both, now_, now_ + minutes(5))->empty());
  ASSERT_TRUE(deliver(*registry_, {{sink("one")}, hours(0), ""}, now_));
  EXPECT_TRUE(told_.empty()) << "the first has them in hand";
  ASSERT_TRUE(deliver(*registry_, {{sink("one")}, hours(0), ""}, now_ + minutes(5)));
  EXPECT_EQ(told_.size(), 2U) << "it died";
}

TEST_F(Notices, WaitWhereNobodyIsToBeTold) {
  ASSERT_TRUE(deliver(*registry_, {}, now_));
  EXPECT_EQ(registry_->waiting_notices(now_)->size(), 2U);
}

TEST_F(Notices, ADigestGathersForItsPeriodAndTellsAllAtOnce) {
  const NotifyOptions options{{sink("one")}, hours(24), ""};
  ASSERT_TRUE(deliver(*registry_, options, now_));
  EXPECT_TRUE(told_.empty());
  ASSERT_TRUE(deliver(*registry_, options, now_ + hours(24)));
  EXPECT_EQ(told_, std::vector<std::string>{"one: loccit: 2 changes in 2 documents"});
}

TEST_F(Notices, RemindersAndRecoveriesAreTold) {
  const NotifyOptions options{{sink("one")}, hours(0), ""};
  ASSERT_TRUE(deliver(*registry_, options, now_));
  ASSERT_TRUE(deliver(*registry_, options, now_ + hours(24 * 8)));
  EXPECT_EQ(told_.size(), 4U) << "two changes, two reminders after 7 days";
  RecordOptions record;
  record.document_name = "a.txt";
  ASSERT_TRUE(registry_->record(report_of(now_ + hours(24 * 9), false), record));
  ASSERT_TRUE(deliver(*registry_, options, now_ + hours(24 * 9)));
  EXPECT_EQ(told_.size(), 5U) << "its recovery";
  ASSERT_TRUE(deliver(*registry_, options, now_ + hours(24 * 40)));
  EXPECT_EQ(told_.size(), 6U) << "30 days: b.txt alone is still changed";
}

TEST(NoticePause, DoublesUpToADay) {
  EXPECT_EQ(delivery_pause(0), minutes(1));
  EXPECT_EQ(delivery_pause(5), minutes(32));
  EXPECT_EQ(delivery_pause(1000), minutes(24 * 60));
}

TEST(NoticeMail, CannotBeGivenHeadersByWhatItTells) {
  Notice notice;
  notice.document = "a\r\nBcc: all@example.org";
  notice.text = "text\r\n.\r\nQUIT";
  const Message message = write_message({notice}, "");
  const std::string mail = to_mail(message, "a@b.test", "c@d.test", first_day);
  EXPECT_EQ(mail.find("Bcc"), std::string::npos) << mail;
  EXPECT_EQ(mail.find("QUIT"), std::string::npos) << "base64";
}

TEST(NoticeCommand, FailsWithItsExitCode) {
  EXPECT_TRUE(command_sink("cat >/dev/null").send({}));
  EXPECT_TRUE(command_sink("true").send({"", "", "", std::string(1U << 20U, 'x')}))
      << "it need not read";
  const auto failed = command_sink("exit 3").send({});
  ASSERT_FALSE(failed);
  EXPECT_NE(failed.error().message.find('3'), std::string::npos);
}

}  // namespace
}  // namespace loccit
