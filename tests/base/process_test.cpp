#include "base/process.h"

#include <cstdlib>

#include <gtest/gtest.h>
#include <unistd.h>

namespace loccit {
namespace {

using std::chrono::seconds;

Result<ChildOutcome> shell(const std::string& script, Bytes input = {},
                           const ChildLimits& limits = {}) {
  return run_child({"sh", "-c", script}, input, limits);
}

TEST(RunChild, FeedsStandardInputAndReadsBothOutputs) {
  const std::string input(3'000'000, 'x');
  const auto outcome = shell("wc -c; echo oops >&2; exit 3", input);
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(outcome->output, "3000000\n");
  EXPECT_EQ(outcome->errors, "oops\n");
  EXPECT_EQ(outcome->exit_code, 3);
}

TEST(RunChild, GivesInputThatCanBeSoughtIn) {
  const auto outcome = shell("head -c 2 >&2; tail -c 2 /proc/self/fd/0", "abcdef");
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(outcome->output, "ef");
}

TEST(RunChild, SaysThatAProgramIsNotInstalled) {
  const auto outcome = run_child({"loccit-no-such-program"}, {});
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, FailureKind::not_found);
  EXPECT_NE(outcome.error().message.find("loccit-no-such-program is not installed"),
            std::string::npos);
}

TEST(RunChild, EndsAChildAndItsChildrenWhenTimeIsUp) {
  const auto begin = std::chrono::steady_clock::now();
  const auto outcome = shell("sleep 60 & sleep 60", {}, {.max_time = seconds(1)});
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, FailureKind::timed_out);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, seconds(10));
}

TEST(RunChild, EndsAChildThatClosedItsOutputsAndHangs) {
  const auto outcome = shell("exec >&- 2>&-; sleep 60", {}, {.max_time = seconds(1)});
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, FailureKind::timed_out);
}

TEST(RunChild, EndsAChildThatWritesWithoutEnd) {
  const auto outcome = shell("yes", {}, {.max_output = 100'000});
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, FailureKind::too_large);
}

TEST(RunChild, CutsStandardErrorWithoutFailing) {
  const auto outcome = shell("yes | head -c 1000000 >&2");
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(outcome->errors.size(), 64U << 10U);
}

TEST(RunChild, PassesNoEnvironmentButPathAndLang) {
  ::setenv("LOCCIT_SECRET", "1", 1);
  const auto outcome = run_child({"env"}, {});
  ::unsetenv("LOCCIT_SECRET");
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(outcome->output.find("SECRET"), std::string::npos);
  EXPECT_NE(outcome->output.find("LANG=C.UTF-8"), std::string::npos);
}

TEST(RunChild, PassesNoDescriptorOfOurs) {
  const int ours = ::dup(0);
  const auto outcome = shell("ls /proc/self/fd | wc -l");  // 0, 1, 2 and the folder that ls reads
  ::close(ours);
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(outcome->output, "4\n");
}

TEST(RunChild, LetsNoFileBeWritten) {
  const std::string path = ::testing::TempDir() + "loccit_child_wrote";
  const auto outcome = shell("echo x > " + path);
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_NE(outcome->exit_code, 0);
  EXPECT_NE(::access(path.c_str(), F_OK), 0);
}

TEST(RunChild, LetsNoSocketBeOpened) {
  const auto outcome = run_child({"python3", "-c", "import socket; socket.socket()"}, {});
  if (!outcome) GTEST_SKIP() << outcome.error().message;
  EXPECT_NE(outcome->exit_code, 0);
  EXPECT_NE(outcome->errors.find("Permission denied"), std::string::npos) << outcome->errors;
}

TEST(RunChild, TellsWhichSignalEndedIt) {
  const auto outcome = shell("ulimit -t 1; while :; do :; done", {}, {.max_time = seconds(10)});
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_GE(outcome->exit_code, 128);
}

}  // namespace
}  // namespace loccit
