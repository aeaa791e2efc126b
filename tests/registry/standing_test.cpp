#include "registry/standing.h"

#include <gtest/gtest.h>

namespace loccit {
namespace {

using std::chrono::hours;

// A subject followed through time.
class History {
 public:
  std::optional<Transition> see(Observation seen, int after_hours, Look look = Look::usual) {
    now_ += hours(after_hours);
    Step step = advance(standing_, seen, look, now_);
    standing_ = step.standing;
    return step.transition;
  }
  const Standing& standing() const { return standing_; }
  StandingKind kind() const { return standing_.kind; }
  Timestamp now() const { return now_; }

 private:
  Timestamp now_ = *from_iso8601("2026-01-01T00:00:00Z");
  Standing standing_;
};

TEST(Standing, OneFailureIsNoiseAndIsNotNotified) {
  History h;
  EXPECT_FALSE(h.see(Observation::fine, 0)->notify);
  const auto failed = h.see(Observation::hard, 24);
  EXPECT_EQ(failed->to, StandingKind::suspect);
  EXPECT_FALSE(failed->notify);
  EXPECT_FALSE(h.see(Observation::fine, 24)->notify);
  EXPECT_EQ(h.kind(), StandingKind::up);
}

TEST(Standing, ManyFailuresWithinADayCountOnce) {
  History h;
  h.see(Observation::fine, 0);
  for (int i = 0; i < 20; ++i) h.see(Observation::hard, 1);
  EXPECT_EQ(h.standing().counted, 1);
  EXPECT_EQ(h.kind(), StandingKind::suspect);
}

TEST(Standing, HardFailuresAreDeadAfterThreeOverThreeDaysAndASecondLook) {
  History h;
  h.see(Observation::fine, 0);
  h.see(Observation::hard, 24);
  h.see(Observation::soft, 24);
  h.see(Observation::hard, 24);
  EXPECT_FALSE(h.standing().confirming) << "two days are not three";
  h.see(Observation::hard, 24);
  EXPECT_TRUE(h.standing().confirming);
  EXPECT_EQ(h.standing().next_look, h.now()) << "the second look is due at once";
  EXPECT_EQ(h.kind(), StandingKind::suspect);
  const auto dead = h.see(Observation::hard, 0, Look::second);
  EXPECT_EQ(dead->to, StandingKind::dead);
  EXPECT_TRUE(dead->notify);
}

TEST(Standing, PassingFaultsNeedSevenDays) {
  History h;
  h.see(Observation::fine, 0);
  for (int day = 0; day < 7; ++day) h.see(Observation::passing, 24);
  EXPECT_FALSE(h.standing().confirming);
  h.see(Observation::passing, 24);
  EXPECT_TRUE(h.standing().confirming);
}

TEST(Standing, ASecondLookThatAnswersEndsTheSuspicion) {
  History h;
  h.see(Observation::fine, 0);
  for (int day = 0; day < 4; ++day) h.see(Observation::hard, 24);
  ASSERT_TRUE(h.standing().confirming);
  h.see(Observation::fine, 0, Look::second);
  EXPECT_EQ(h.kind(), StandingKind::up);
}

TEST(Standing, DeadIsLookedAtForEverAndRevives) {
  History h;
  for (int day = 0; day < 4; ++day) h.see(Observation::hard, 24);
  h.see(Observation::hard, 0, Look::second);
  ASSERT_EQ(h.kind(), StandingKind::dead);
  for (const int days : {14, 30, 90, 90}) {
    EXPECT_FALSE(h.see(Observation::hard, 24 * 7));
    EXPECT_EQ(h.standing().next_look, h.now() + hours(24 * days));
  }
  const auto back = h.see(Observation::fine, 24 * 90);
  EXPECT_EQ(back->to, StandingKind::revived);
  EXPECT_TRUE(back->notify);
  EXPECT_FALSE(h.see(Observation::fine, 24 * 7)->notify);
  EXPECT_EQ(h.kind(), StandingKind::up);
}

TEST(Standing, RefusedIsNeverDeadAndAPersonIsAskedOnce) {
  History h;
  h.see(Observation::fine, 0);
  int asked = 0;
  for (int day = 0; day < 365; ++day) {
    const auto transition = h.see(Observation::refused, 24);
    if (transition && transition->rule.find("person") != std::string::npos) ++asked;
    EXPECT_EQ(h.kind(), StandingKind::refused);
  }
  EXPECT_EQ(asked, 1);
}

TEST(Standing, DriftNeedsTwoChecksADayApartButAChangeOfMeaningSpeaksAtOnce) {
  History slow;
  slow.see(Observation::fine, 0);
  EXPECT_EQ(slow.see(Observation::drift, 24)->to, StandingKind::suspect);
  slow.see(Observation::drift, 1);
  EXPECT_EQ(slow.kind(), StandingKind::suspect);
  EXPECT_EQ(slow.see(Observation::drift, 24)->to, StandingKind::changed);

  History fast;
  fast.see(Observation::fine, 0);
  EXPECT_EQ(fast.see(Observation::meaning, 24)->to, StandingKind::changed);
}

TEST(Standing, AMeaningChangeOnWordsThatNeverStoodWaits) {
  History h;
  EXPECT_EQ(h.see(Observation::meaning, 0)->to, StandingKind::suspect);
}

TEST(Standing, ThreeChangesInAWeekAreFlappingSaidOnceUntilAWeekOfStillness) {
  History h;
  h.see(Observation::fine, 0);
  int notified = 0;
  for (int i = 0; i < 20; ++i) {
    const auto t = h.see(i % 2 == 0 ? Observation::refused : Observation::fine, 12);
    if (t && t->notify && t->to == StandingKind::flapping) ++notified;
  }
  EXPECT_EQ(h.kind(), StandingKind::flapping);
  EXPECT_EQ(notified, 1);
  for (int day = 0; day < 8; ++day) h.see(Observation::fine, 24);
  EXPECT_EQ(h.kind(), StandingKind::up);
}

TEST(Standing, AClockThatJumpsBackCountsNoTime) {
  History h;
  h.see(Observation::fine, 100);
  h.see(Observation::hard, 24);
  h.see(Observation::hard, -90);
  h.see(Observation::hard, -90);
  EXPECT_EQ(h.standing().counted, 1);
}

TEST(Standing, ARunInWhichAFifthOfTheHostsFailCountsForNobody) {
  std::vector<HostOutcome> run;
  for (int i = 0; i < 20; ++i)
    run.push_back({"h" + std::to_string(i), i < 4 ? Observation::passing : Observation::fine});
  EXPECT_TRUE(inconclusive(run));
  run.push_back({"h3", Observation::fine});  // one page of that host did answer
  EXPECT_FALSE(inconclusive(run));
  run.resize(10);
  EXPECT_FALSE(inconclusive(run));
}

TEST(Standing, NamesAreReadBack) {
  for (const auto kind : {StandingKind::fresh, StandingKind::up, StandingKind::suspect,
                          StandingKind::dead, StandingKind::refused, StandingKind::changed,
                          StandingKind::flapping, StandingKind::revived}) {
    EXPECT_EQ(standing_kind_from(name(kind)), kind);
  }
}

}  // namespace
}  // namespace loccit
