#include "ci/subject.h"

#include <gtest/gtest.h>

namespace loccit {
namespace {

TEST(Subject, IsTheTitleElseHowTheQuoteBegins) {
  EXPECT_EQ(subject_of({.title = "A statement", .quote = "Words."}), "A statement");
  EXPECT_EQ(subject_of({.quote = "Two\nlines."}), "“Two lines.”");
  EXPECT_EQ(subject_of({}), "");
}

TEST(Subject, EndsAtAWordAndNotInACharacter) {
  std::string quote = "a";
  for (int i = 0; i < 30; ++i) quote += " é" + std::to_string(i);
  const std::string subject = subject_of({.quote = quote});
  EXPECT_EQ(subject.substr(subject.size() - 7), " …”");
  std::string unbroken;
  for (int i = 0; i < 100; ++i) unbroken += "語";
  EXPECT_EQ(subject_of({.quote = unbroken}).size(), 3 + 60 * 3 + 4 + 3U);
}

}  // namespace
}  // namespace loccit
